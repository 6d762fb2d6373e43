package dev.ttsworker.engine.voice.piper;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.audio.LevelCalibration;
import dev.ttsworker.engine.voice.Pace;
import dev.ttsworker.engine.voice.Rendering;
import dev.ttsworker.engine.voice.WordTimingRequest;
import dev.ttsworker.engine.voice.sentence.AddedSamples;
import dev.ttsworker.engine.voice.sentence.SentenceReader.EncodedSentence;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;

/// Loudness measurement of a voice by its calibration sentences.
final class LoudnessMeasurement {
  /// Changes with the sentences or the way they are measured.
  static final int VERSION = 3;

  private static final long SEED = 1;
  private static final Pace PACE = Pace.of(128);

  private LoudnessMeasurement() {}

  /// Checksum of the phoneme ids that are spoken: another front end reads the sentences otherwise,
  /// and its voice has another loudness.
  static String checksum(PiperFrontend reader, PiperConfig config) {
    CRC32C checksum = new CRC32C();
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES);
    for (String sentence : CalibrationText.of(config)) {
      for (EncodedSentence encoded : reader.read(sentence, WordTimingRequest.NONE)) {
        for (long id : encoded.sentence().ids()) {
          checksum.update(bytes.putLong(0, id).rewind());
        }
      }
    }
    return Long.toHexString(checksum.getValue());
  }

  /// Speaks and finds the gain; empty when the voice is silent.
  static Optional<LevelCalibration.Level> level(
      PiperGraphs graphs, PiperFrontend reader, PiperConfig config, LevelCalibration calibration) {
    PiperRendering.Scales scales =
        new PiperRendering.Scales(
            config.noiseScale(), config.lengthScale(), config.noiseW(), 0, AddedSamples.NONE);
    SplittableRandom seeds = new SplittableRandom(SEED);
    CancellationToken never = new CancellationToken();
    float[] speech = {};
    for (String sentence : CalibrationText.of(config)) {
      Rendering rendering =
          PiperRendering.of(
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
