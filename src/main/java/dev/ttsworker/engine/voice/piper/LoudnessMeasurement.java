package dev.ttsworker.engine.voice.piper;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.audio.LevelCalibration;
import dev.ttsworker.engine.voice.Pace;
import dev.ttsworker.engine.voice.WordTimingRequest;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

/// Loudness measurement of a voice by its calibration sentences.
final class LoudnessMeasurement {
  /// Changes with the sentences or the way they are measured.
  static final int VERSION = 3;

  private static final long SEED = 1;
  private static final Pace PACE = Pace.of(128);

  private LoudnessMeasurement() {}

  /// Speaks and finds the gain; empty when the voice is silent.
  static Optional<LevelCalibration.Level> level(
      PiperGraphs graphs, PiperFrontend reader, PiperConfig config, LevelCalibration calibration) {
    PiperRendering.Scales scales =
        new PiperRendering.Scales(
            config.noiseScale(),
            config.lengthScale(),
            config.noiseW(),
            0,
            SentenceRequest.AddedSamples.NONE);
    SplittableRandom seeds = new SplittableRandom(SEED);
    CancellationToken never = new CancellationToken();
    float[] speech = {};
    for (String sentence : CalibrationText.of(config)) {
      PiperRendering rendering =
          new PiperRendering(
              graphs, reader, sentence, WordTimingRequest.NONE, scales, seeds.nextLong());
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
