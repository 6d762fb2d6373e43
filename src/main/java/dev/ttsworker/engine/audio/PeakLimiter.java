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
    int skipped = Math.min(toSkip, input.length);
    float[] output = new float[input.length - skipped];
    for (int i = 0; i < skipped; i++) {
      next(input[i]);
    }
    for (int i = skipped; i < input.length; i++) {
      output[i - skipped] = next(input[i]);
    }
    toSkip -= skipped;
    return output;
  }

  /// Ends the stream, as if silence followed.
  float[] flush() {
    return push(new float[LOOK_AHEAD]);
  }

  private float next(float sample) {
    int allowed = hold.next(allowedGain(sample));
    int recovered = envelope + ((ONE - envelope) >> RELEASE_SHIFT) + 1;
    envelope = Math.min(Math.min(recovered, ONE), allowed);
    double gain = third.next(second.next(first.next(envelope))) * UNIT;
    float old = delayed[delayedAt];
    delayed[delayedAt] = sample;
    delayedAt = delayedAt + 1 == LOOK_AHEAD ? 0 : delayedAt + 1;
    return (float) (old * gain);
  }

  private int allowedGain(float sample) {
    float peak = Math.abs(sample);
    return peak <= ceiling ? ONE : (int) ((double) ceiling / peak * ONE);
  }
}
