package dev.ttsworker.engine.audio;

/// Peak limiter with look-ahead: reduces the gain smoothly before each peak.
///
/// Each sample has a highest allowed gain. The minimum of [#SPAN] of them is held, recovers
/// exponentially (time constant 43 ms) and is smoothed by three moving averages of [#AVERAGE]
/// samples: a bell of 4 ms whose average, of allowed values only, is allowed too. So the gain never
/// jumps, has no significant spectrum above 1 kHz, and no sample needs clipping. Gains are 30-bit
/// fractions summed in integers: nothing drifts, results do not depend on how the input is split,
/// and away from peaks the gain is exactly 1 and samples are unchanged. The ceiling applies to
/// samples, not to true peaks. Output is aligned with its input: the look-ahead of [#LOOK_AHEAD]
/// samples is buffered until [#flush]. Not thread-safe.
final class PeakLimiter {
  /// Length of each moving average in samples: 1.33 ms at 48 kHz.
  static final int AVERAGE = 64;

  /// Samples that determine one gain.
  static final int SPAN = 3 * AVERAGE - 2;

  /// Buffered samples: 3.94 ms at 48 kHz.
  static final int LOOK_AHEAD = SPAN - 1;

  private static final int ONE = 1 << 30;
  private static final int RELEASE_SHIFT = 11;
  private static final double UNIT = 1.0 / ((double) ONE * AVERAGE * AVERAGE * AVERAGE);

  private final float ceiling;
  private final SlidingMinimum hold = new SlidingMinimum(SPAN);
  private final MovingSum first = new MovingSum(AVERAGE, ONE);
  private final MovingSum second = new MovingSum(AVERAGE, (long) ONE * AVERAGE);
  private final MovingSum third = new MovingSum(AVERAGE, (long) ONE * AVERAGE * AVERAGE);
  private final float[] delayed = new float[LOOK_AHEAD];
  private int delayedAt;
  private int toSkip = LOOK_AHEAD;
  private int envelope = ONE;

  /// @param ceiling highest absolute output value, above 0
  PeakLimiter(float ceiling) {
    this.ceiling = ceiling;
  }

  /// Processes the next samples, all finite; the array is not retained.
  ///
  /// @return the samples that are final now; owned by the caller
  float[] push(float[] input) {
    long[] gains = gains(input);
    int skipped = Math.min(toSkip, input.length);
    float[] output = new float[input.length - skipped];
    float[] waiting = delayed;
    int at = delayedAt;
    for (int i = 0; i < input.length; i++) {
      float old = waiting[at];
      waiting[at] = input[i];
      at = at + 1 == LOOK_AHEAD ? 0 : at + 1;
      if (i >= skipped) {
        output[i - skipped] = (float) (old * (gains[i] * UNIT));
      }
    }
    delayedAt = at;
    toSkip -= skipped;
    return output;
  }

  /// Ends the stream, as if silence followed.
  float[] flush() {
    return push(new float[LOOK_AHEAD]);
  }

  /// The gain at each sample, in units of [#UNIT].
  private long[] gains(float[] input) {
    int[] allowed = new int[input.length];
    for (int i = 0; i < input.length; i++) {
      allowed[i] = allowedGain(input[i]);
    }
    hold.replace(allowed);
    long[] gains = new long[input.length];
    int current = envelope;
    for (int i = 0; i < input.length; i++) {
      int recovered = current + ((ONE - current) >> RELEASE_SHIFT) + 1;
      current = Math.min(Math.min(recovered, ONE), allowed[i]);
      gains[i] = current;
    }
    envelope = current;
    first.replace(gains);
    second.replace(gains);
    third.replace(gains);
    return gains;
  }

  private int allowedGain(float sample) {
    float peak = Math.abs(sample);
    return peak <= ceiling ? ONE : (int) ((double) ceiling / peak * ONE);
  }
}
