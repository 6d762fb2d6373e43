package dev.ttsworker.engine.voice.sentence;

import java.util.Arrays;

/// Silence trimmer: shortens the silence at the ends of speech, so that a part of a sentence that
/// was synthesised by itself joins the next one without a pause of its own.
public final class SilenceTrimmer {
  /// Not shortened.
  public static final int AS_IT_IS = Integer.MAX_VALUE;

  /// What is this much below the loudest place is silence.
  private static final double SILENCE_DB = -40;

  private static final int BLOCKS_PER_SECOND = 200;
  private static final int FADES_PER_SECOND = 500;
  private static final int MILLIS_PER_SECOND = 1000;
  private static final double DECIBELS_PER_DECADE = 20;

  private SilenceTrimmer() {}

  /// A part of samples.
  ///
  /// @param from index of the first one
  /// @param to just past the last one
  public record Bounds(int from, int to) {}

  /// The speech with at most so much silence before and after it; faded over 2 ms where it was cut.
  ///
  /// @param samples not changed; all of it is kept when nothing in it is louder than the rest
  /// @param startMillis at most this much silence in front, or [#AS_IT_IS]
  /// @param endMillis at most this much behind, or [#AS_IT_IS]
  public static float[] shortened(
      float[] samples, int sampleRateHz, int startMillis, int endMillis) {
    return faded(samples, bounds(samples, sampleRateHz, startMillis, endMillis), sampleRateHz);
  }

  /// What [#shortened] keeps.
  public static Bounds bounds(float[] samples, int sampleRateHz, int startMillis, int endMillis) {
    int block = Math.max(1, sampleRateHz / BLOCKS_PER_SECOND);
    double[] levels = new double[samples.length / block];
    double loudest = 0;
    for (int i = 0; i < levels.length; i++) {
      for (int j = i * block; j < (i + 1) * block; j++) {
        levels[i] += (double) samples[j] * samples[j];
      }
      loudest = Math.max(loudest, levels[i]);
    }
    double silence = loudest * Math.pow(10, 2 * SILENCE_DB / DECIBELS_PER_DECADE);
    int first = 0;
    while (first < levels.length && levels[first] <= silence) {
      first++;
    }
    if (first == levels.length) {
      return new Bounds(0, samples.length);
    }
    int last = levels.length - 1;
    while (levels[last] <= silence) {
      last--;
    }
    int from = (int) Math.max(0, (long) first * block - samples(startMillis, sampleRateHz));
    int to = (int) Math.min(samples.length, (last + 1L) * block + samples(endMillis, sampleRateHz));
    return new Bounds(from, to);
  }

  private static long samples(int millis, int sampleRateHz) {
    return (long) millis * sampleRateHz / MILLIS_PER_SECOND;
  }

  /// A part of speech, faded over 2 ms at those of its ends that are none of the speech.
  public static float[] faded(float[] samples, Bounds bounds, int sampleRateHz) {
    int fade = sampleRateHz / FADES_PER_SECOND;
    float[] kept = Arrays.copyOfRange(samples, bounds.from(), bounds.to());
    for (int i = 0; i < Math.min(fade, kept.length); i++) {
      float gain = (float) i / fade;
      if (bounds.from() > 0) {
        kept[i] *= gain;
      }
      if (bounds.to() < samples.length) {
        kept[kept.length - 1 - i] *= gain;
      }
    }
    return kept;
  }
}
