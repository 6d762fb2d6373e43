package dev.ttsworker.engine.audio;

import dev.ttsworker.engine.AudioFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Level calibration: the constant gain that brings a voice to a loudness.
///
/// The limiter reduces the loudness of voices with high peaks, so the gain is not merely the
/// distance to the target: samples go through [SpeechPipeline], the output is measured, and the
/// gain corrected, until it fits. Stateless.
///
/// @param targetLufs target loudness by BS.1770
/// @param ceilingDb the limiter's ceiling in dBFS, -60 to 0
public record LevelCalibration(double targetLufs, double ceilingDb) {
  private static final AudioFormat FORMAT = AudioFormat.DEFAULT;

  private static final double LARGEST_GAIN_DB = 20;

  /// Most make-up gain for the limiter; more would audibly compress the voice.
  private static final double LARGEST_MAKE_UP_DB = 6;

  private static final double CLOSE_ENOUGH_LU = 0.02;
  private static final int ROUNDS = 12;

  /// Result.
  ///
  /// @param rawLufs loudness of the samples
  /// @param gainDb constant gain, -20 to 20
  /// @param reachedLufs loudness with this gain after the limiter
  public record Level(double rawLufs, double gainDb, double reachedLufs) {
    public Level {
      if (!(Math.abs(gainDb) <= LARGEST_GAIN_DB)) {
        throw new IllegalArgumentException("gainDb is " + gainDb);
      }
    }

    /// For logs.
    @Override
    public String toString() {
      return "%.1f LUFS by itself, %.1f with a gain of %.1f dB"
          .formatted(rawLufs, reachedLufs, gainDb);
    }
  }

  /// Measures some seconds of speech: they are resampled once and limited a few times.
  ///
  /// @param samples mono, full scale is ±1
  /// @param sampleRateHz 8000 to 48000
  /// @return empty when it is silent or shorter than 400 ms
  public Optional<Level> of(float[] samples, int sampleRateHz) {
    OptionalDouble raw = Loudness.integratedLufs(samples, sampleRateHz);
    if (raw.isEmpty()) {
      return Optional.empty();
    }
    double rawLufs = raw.getAsDouble();
    double least = within(targetLufs - rawLufs);
    double most = within(least + LARGEST_MAKE_UP_DB);
    float[] resampled = resampled(samples, sampleRateHz);
    Level level = level(resampled, rawLufs, least);
    for (int round = 1; round < ROUNDS; round++) {
      double missing = targetLufs - level.reachedLufs();
      double gainDb = Math.clamp(level.gainDb() + missing, least, most);
      if (Math.abs(missing) < CLOSE_ENOUGH_LU || gainDb == level.gainDb()) {
        break;
      }
      level = level(resampled, rawLufs, gainDb);
    }
    return Optional.of(level);
  }

  private static double within(double gainDb) {
    return Math.clamp(gainDb, -LARGEST_GAIN_DB, LARGEST_GAIN_DB);
  }

  private static float[] resampled(float[] samples, int sampleRateHz) {
    Resampler resampler = Resampler.between(sampleRateHz, FORMAT.sampleRateHz());
    float[] most = resampler.push(samples);
    float[] rest = resampler.flush();
    float[] all = Arrays.copyOf(most, most.length + rest.length);
    System.arraycopy(rest, 0, all, most.length, rest.length);
    return all;
  }

  /// @param resampled at the rate of the frames
  private Level level(float[] resampled, double rawLufs, double gainDb) {
    SpeechPipeline pipeline = new SpeechPipeline(FORMAT.sampleRateHz(), gainDb, ceilingDb, FORMAT);
    List<byte[]> frames = new ArrayList<>(pipeline.process(resampled));
    frames.addAll(pipeline.finish());
    OptionalDouble reached = Loudness.integratedLufs(decoded(frames), FORMAT.sampleRateHz());
    // Silent after rounding to 16 bit: nothing to correct by.
    return new Level(rawLufs, gainDb, reached.orElse(targetLufs));
  }

  private static float[] decoded(List<byte[]> frames) {
    float[] samples = new float[(int) FORMAT.samples(frames.size())];
    int at = 0;
    for (byte[] frame : frames) {
      for (int i = 0; i < frame.length; i += 2) {
        samples[at++] = (short) ((frame[i] & 0xFF) | (frame[i + 1] << 8)) / 32768f;
      }
    }
    return samples;
  }
}
