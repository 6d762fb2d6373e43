package dev.ttsworker.engine.audio;

import java.util.Arrays;

/// Polyphase resampler of a stream of samples, to a rate that is not lower.
///
/// Output n lies at the time of input `n * down / up`, computed in integers, so that nothing
/// drifts. It is the same sum in the same order however the input was split, so results are equal
/// to the bit. The filter's delay appears as look-ahead only: output 0 lies at input 0, after
/// silence, and [#flush] returns the output that waits for [PolyphaseTaps#AHEAD] more input
/// samples. Altogether N input samples give `ceil(N * up / down)` output samples. Not thread-safe.
final class Resampler {
  /// Samples above this (60 dB above full scale) and NaN are treated as silence, since they would
  /// corrupt every sum they are part of.
  private static final float LARGEST = 1000;

  private final int up;
  private final int down;
  private final float[] taps;
  private float[] held = new float[PolyphaseTaps.PER_PHASE];
  private int heldCount = PolyphaseTaps.AHEAD - 1;
  private int phase;

  /// Prepares for one stream.
  ///
  /// @param inputRateHz at least 1 and not above the output rate
  Resampler(int inputRateHz, int outputRateHz) {
    if (inputRateHz < 1 || inputRateHz > outputRateHz) {
      throw new IllegalArgumentException(
          "inputRateHz is " + inputRateHz + ", allowed are 1 to " + outputRateHz);
    }
    int divisor = greatestCommonDivisor(inputRateHz, outputRateHz);
    this.up = outputRateHz / divisor;
    this.down = inputRateHz / divisor;
    this.taps = PolyphaseTaps.design(up);
  }

  /// Processes the next input samples, which are not retained.
  ///
  /// @return the output samples that are final now; owned by the caller
  float[] push(float[] input) {
    append(input);
    int usable = heldCount - PolyphaseTaps.PER_PHASE + 1;
    if (usable <= 0) {
      return new float[0];
    }
    int count = Math.toIntExact(((long) usable * up - 1 - phase) / down + 1);
    float[] output = new float[count];
    int position = 0;
    for (int n = 0; n < count; n++) {
      output[n] = weigh(position, phase * PolyphaseTaps.PER_PHASE);
      phase += down;
      if (phase >= up) {
        phase -= up;
        position++;
      }
    }
    heldCount -= position;
    System.arraycopy(held, position, held, 0, heldCount);
    return output;
  }

  /// Ends the stream, as if silence followed.
  float[] flush() {
    return push(new float[PolyphaseTaps.AHEAD]);
  }

  /// Four independent sums, since a single one would be a dependency chain of all taps.
  private float weigh(int position, int row) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    for (int k = 0; k < PolyphaseTaps.PER_PHASE; k += 4) {
      a += held[position + k] * taps[row + k];
      b += held[position + k + 1] * taps[row + k + 1];
      c += held[position + k + 2] * taps[row + k + 2];
      d += held[position + k + 3] * taps[row + k + 3];
    }
    return (a + b) + (c + d);
  }

  private void append(float[] input) {
    int needed = Math.addExact(heldCount, input.length);
    if (needed > held.length) {
      held = Arrays.copyOf(held, needed);
    }
    for (int i = 0; i < input.length; i++) {
      held[heldCount + i] = Math.abs(input[i]) <= LARGEST ? input[i] : 0;
    }
    heldCount = needed;
  }

  private static int greatestCommonDivisor(int a, int b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }
}
