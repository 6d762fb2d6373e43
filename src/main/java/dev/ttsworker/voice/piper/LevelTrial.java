package dev.ttsworker.voice.piper;

import dev.ttsworker.audio.LevelCalibration;
import dev.ttsworker.inference.CancelSignal;
import dev.ttsworker.voice.AskedWords;
import dev.ttsworker.voice.Pace;
import dev.ttsworker.voicepack.PiperConfig;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

/// Lets a voice speak its calibration sentences and measures them.
final class LevelTrial {
  /// Changes with the sentences or the way they are measured.
  static final int VERSION = 3;

  private static final long SEED = 1;
  private static final Pace PACE = Pace.of(128);

  private LevelTrial() {}

  /// Speaks and finds the gain; empty when the voice is silent.
  static Optional<LevelCalibration.Level> level(
      PiperGraphs graphs, PiperReader reader, PiperConfig config, LevelCalibration calibration) {
    PiperRendering.Scales scales =
        new PiperRendering.Scales(
            config.noiseScale(),
            config.lengthScale(),
            config.noiseW(),
            0,
            SentenceOrder.AddedSamples.NONE);
    SplittableRandom seeds = new SplittableRandom(SEED);
    CancelSignal never = new CancelSignal();
    float[] speech = {};
    for (String sentence : CalibrationText.of(config)) {
      PiperRendering rendering =
          new PiperRendering(graphs, reader, sentence, AskedWords.NONE, scales, seeds.nextLong());
      while (!rendering.isFinished()) {
        float[] samples = rendering.step(PACE, never);
        int end = speech.length;
        speech = Arrays.copyOf(speech, end + samples.length);
        System.arraycopy(samples, 0, speech, end, samples.length);
      }
    }
    return calibration.of(speech, config.sampleRateHz());
  }
}
