package dev.ttsworker.engine.audio;

/// Peak limiter with look-ahead: reduces the gain smoothly before each peak.
///
/// Each sample has a highest allowed gain. The minimum of those of 4 ms is held, recovers
/// exponentially (time constant 43 ms at 48 kHz, 29 to 48 ms at other rates) and is smoothed by
/// three moving averages of 1.3 ms: a bell of 4 ms whose average, of allowed values only, is
/// allowed too. So the gain never jumps, has no significant spectrum above 1 kHz, and no sample
/// needs clipping. Gains are 30-bit fractions summed in integers: nothing drifts, results do not
/// depend on how the input is split, and away from peaks the gain is exactly 1 and samples are
/// unchanged. The ceiling applies to samples, not to true peaks. Output is aligned with its input:
/// the look-ahead is buffered until [#flush]. Not thread-safe.
final class PeakLimiter {
  private static final int ONE = 1 << 30;
  private static final int AVERAGES_PER_SECOND = 750;
  private static final double RELEASE_SECONDS = 2048 / 48_000.0;

  private final float ceiling;
  private final int lookAhead;
  private final int releaseShift;
  private final double unit;
  private final SlidingMinimum hold;
  private final MovingSum first;
  private final MovingSum second;
  private final MovingSum third;
  private final float[] delayed;
  private int[] allowed = {};
  private long[] gains = {};
  private int delayedAt;
  private int toSkip;
  private int envelope = ONE;

  /// Samples since the gain was last below one, before it was smoothed.
  private long untouched = Integer.MAX_VALUE;

  /// @param ceiling highest absolute output value, above 0
  PeakLimiter(float ceiling, int sampleRateHz) {
    this.ceiling = ceiling;
    int average = average(sampleRateHz);
    this.lookAhead = lookAhead(sampleRateHz);
    this.releaseShift = (int) Math.round(Math.log(RELEASE_SECONDS * sampleRateHz) / Math.log(2));
    this.unit = 1.0 / ((double) ONE * average * average * average);
    this.hold = new SlidingMinimum(lookAhead + 1);
    this.first = new MovingSum(average, ONE);
    this.second = new MovingSum(average, (long) ONE * average);
    this.third = new MovingSum(average, (long) ONE * average * average);
    this.delayed = new float[lookAhead];
    this.toSkip = lookAhead;
  }

  /// Length of each moving average in samples: 64 at 48 kHz.
  private static int average(int sampleRateHz) {
    return Math.ceilDiv(sampleRateHz, AVERAGES_PER_SECOND);
  }

  /// Samples that are buffered: 189 at 48 kHz.
  static int lookAhead(int sampleRateHz) {
    return 3 * average(sampleRateHz) - 3;
  }

  /// Processes the next samples, all finite; the array is not retained.
  ///
  /// @return the samples that are final now; owned by the caller
  float[] push(float[] input) {
    return isFlat() && isBelowCeiling(input) ? unchanged(input) : limited(input);
  }

  /// Whether every gain within the filters is one: they stay so while no peak comes.
  private boolean isFlat() {
    return untouched > lookAhead;
  }

  private boolean isBelowCeiling(float[] input) {
    float most = ceiling;
    for (float sample : input) {
      if (Math.abs(sample) > most) {
        return false;
      }
    }
    return true;
  }

  private float[] unchanged(float[] input) {
    int skipped = Math.min(toSkip, input.length);
    float[] output = new float[input.length - skipped];
    float[] waiting = delayed;
    int at = delayedAt;
    for (int i = 0; i < input.length; i++) {
      float old = waiting[at];
      waiting[at] = input[i];
      at = at + 1 == waiting.length ? 0 : at + 1;
      if (i >= skipped) {
        output[i - skipped] = old;
      }
    }
    delayedAt = at;
    toSkip -= skipped;
    return output;
  }

  private float[] limited(float[] input) {
    findGains(input);
    long[] found = gains;
    int skipped = Math.min(toSkip, input.length);
    float[] output = new float[input.length - skipped];
    float[] waiting = delayed;
    double scale = unit;
    int at = delayedAt;
    for (int i = 0; i < input.length; i++) {
      float old = waiting[at];
      waiting[at] = input[i];
      at = at + 1 == waiting.length ? 0 : at + 1;
      if (i >= skipped) {
        output[i - skipped] = (float) (old * (found[i] * scale));
      }
    }
    delayedAt = at;
    toSkip -= skipped;
    return output;
  }

  /// Ends the stream, as if silence followed.
  float[] flush() {
    return push(new float[lookAhead]);
  }

  /// Puts the gain at each sample, in units of `unit`, into `gains`.
  private void findGains(float[] input) {
    int count = input.length;
    if (gains.length < count) {
      allowed = new int[count];
      gains = new long[count];
    }
    int[] most = allowed;
    for (int i = 0; i < count; i++) {
      most[i] = allowedGain(input[i]);
    }
    hold.replace(most, count);
    long[] found = gains;
    int current = envelope;
    for (int i = 0; i < count; i++) {
      int recovered = current + ((ONE - current) >> releaseShift) + 1;
      current = Math.min(Math.min(recovered, ONE), most[i]);
      found[i] = current;
    }
    envelope = current;
    int last = count - 1;
    while (last >= 0 && found[last] == ONE) {
      last--;
    }
    untouched = last < 0 ? untouched + count : count - 1 - last;
    first.replace(found, count);
    second.replace(found, count);
    third.replace(found, count);
  }

  private int allowedGain(float sample) {
    float peak = Math.abs(sample);
    return peak <= ceiling ? ONE : (int) ((double) ceiling / peak * ONE);
  }
}
