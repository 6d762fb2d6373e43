package dev.ttsworker.voice.piper;

import dev.ttsworker.inference.CancelSignal;
import dev.ttsworker.voicepack.PiperConfig;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/// Lets a voice speak its calibration sentences and measures them.
final class LoudnessTrial {
  private static final long SEED = 1;
  private static final int WINDOW_FRAMES = 128;
  private static final double GAIN_LIMIT_DB = 20;

  private LoudnessTrial() {}

  static OptionalDouble lufs(
      PiperGraphs graphs, PiperReader reader, PiperConfig config, LoudnessMeter meter) {
    PiperRendering.Scales scales =
        new PiperRendering.Scales(config.noiseScale(), config.lengthScale(), config.noiseW(), 0);
    SplittableRandom seeds = new SplittableRandom(SEED);
    CancelSignal never = new CancelSignal();
    float[] speech = {};
    for (String sentence : CalibrationText.of(config)) {
      PiperRendering rendering =
          new PiperRendering(graphs, reader, sentence, scales, seeds.nextLong());
      while (!rendering.isFinished()) {
        float[] samples = rendering.step(WINDOW_FRAMES, never);
        int end = speech.length;
        speech = Arrays.copyOf(speech, end + samples.length);
        System.arraycopy(samples, 0, speech, end, samples.length);
      }
    }
    return meter.integratedLufs(speech, config.sampleRateHz());
  }

  /// What brings a voice to the target; none for a silent one.
  static double gainDb(OptionalDouble lufs, double targetLufs) {
    return lufs.isPresent()
        ? Math.clamp(targetLufs - lufs.getAsDouble(), -GAIN_LIMIT_DB, GAIN_LIMIT_DB)
        : 0;
  }
}
