package dev.ttsworker.engine.audio;

import java.util.Arrays;

/// Polyphase resampler of a stream of samples.
///
/// Output n lies at the time of input `n * down / up`, computed in integers, so that nothing
/// drifts. It is the same sum in the same order however the input was split, so results are equal
/// to the bit. The filter's delay appears as look-ahead only: output 0 lies at input 0, after
/// silence, and [#flush] returns the output that waits for [PolyphaseTaps#ahead] more input
/// samples. Altogether N input samples give `ceil(N * up / down)` output samples. Not thread-safe.
final class Resampler {
  /// Samples above this (60 dB above full scale) and NaN are treated as silence, since they would
  /// corrupt every sum they are part of.
  private static final float LARGEST = 1000;

  private final int up;
  private final int down;
  private final PolyphaseTaps filter;
  private final int perPhase;
  private float[] held;
  private int heldCount;
  private int phase;

  private Resampler(int up, int down) {
    this.up = up;
    this.down = down;
    this.filter = PolyphaseTaps.of(up, down);
    this.perPhase = filter.perPhase();
    this.held = new float[perPhase];
    this.heldCount = filter.ahead() - 1;
  }

  /// One for one stream.
  ///
  /// @param inputRateHz at least 1
  /// @param outputRateHz at least 1
  static Resampler between(int inputRateHz, int outputRateHz) {
    if (inputRateHz < 1 || outputRateHz < 1) {
      throw new IllegalArgumentException(
          "from " + inputRateHz + " to " + outputRateHz + " Hz; allowed are rates from 1");
    }
    int divisor = greatestCommonDivisor(inputRateHz, outputRateHz);
    return new Resampler(outputRateHz / divisor, inputRateHz / divisor);
  }

  /// Processes the next input samples, which are not retained.
  ///
  /// @return the output samples that are final now; owned by the caller
  float[] push(float[] input) {
    append(input);
    int usable = heldCount - perPhase + 1;
    if (usable <= 0) {
      return new float[0];
    }
    int count = Math.toIntExact(((long) usable * up - 1 - phase) / down + 1);
    float[] output = new float[count];
    int position = up == 2 && down == 1 ? doubled(output) : resampled(output);
    heldCount -= position;
    System.arraycopy(held, position, held, 0, heldCount);
    return output;
  }

  /// Fills the output by the polyphase filter.
  ///
  /// @return how many input samples are no longer needed
  private int resampled(float[] output) {
    float[] input = held;
    float[] weights = filter.weights();
    int position = 0;
    int at = phase;
    for (int n = 0; n < output.length; n++) {
      output[n] = weigh(input, position, weights, at * perPhase, perPhase);
      at += down;
      while (at >= up) {
        at -= up;
        position++;
      }
    }
    phase = at;
    return position;
  }

  /// The same for twice the rate, where the filter is a half-band one: one output sample of two is
  /// an input sample, the other a sum with symmetric weights.
  private int doubled(float[] output) {
    float[] input = held;
    float[] weights = filter.weights();
    int middle = PolyphaseTaps.FEWEST / 2 - 1;
    int position = 0;
    int n = 0;
    if (phase == 1 && output.length > 0) {
      output[n++] = weighSymmetric(input, position++, weights);
    }
    for (; n + 3 < output.length; n += 4, position += 2) {
      output[n] = input[position + middle];
      output[n + 2] = input[position + middle + 1];
      weighTwo(input, position, weights, output, n + 1);
    }
    phase = 0;
    for (; n < output.length; n++) {
      if (phase == 0) {
        output[n] = input[position + middle];
        phase = 1;
      } else {
        output[n] = weighSymmetric(input, position++, weights);
        phase = 0;
      }
    }
    return position;
  }

  /// Ends the stream, as if silence followed.
  float[] flush() {
    return push(new float[filter.ahead()]);
  }

  /// Four independent sums, since a single one would be a dependency chain of all taps.
  private static float weigh(float[] input, int position, float[] taps, int row, int perPhase) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    for (int k = 0; k < perPhase; k += 4) {
      a += input[position + k] * taps[row + k];
      b += input[position + k + 1] * taps[row + k + 1];
      c += input[position + k + 2] * taps[row + k + 2];
      d += input[position + k + 3] * taps[row + k + 3];
    }
    return (a + b) + (c + d);
  }

  private static float weighSymmetric(float[] input, int position, float[] taps) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int last = position + PolyphaseTaps.FEWEST - 1;
    int row = PolyphaseTaps.FEWEST;
    for (int k = 0; k < PolyphaseTaps.FEWEST / 2; k += 4) {
      a += (input[position + k] + input[last - k]) * taps[row + k];
      b += (input[position + k + 1] + input[last - k - 1]) * taps[row + k + 1];
      c += (input[position + k + 2] + input[last - k - 2]) * taps[row + k + 2];
      d += (input[position + k + 3] + input[last - k - 3]) * taps[row + k + 3];
    }
    return (a + b) + (c + d);
  }

  /// Two sums beside each other, as [#weighSymmetric] gives them, which share what they read.
  private static void weighTwo(
      float[] input, int position, float[] taps, float[] output, int target) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    float nextA = 0;
    float nextB = 0;
    float nextC = 0;
    float nextD = 0;
    int row = PolyphaseTaps.FEWEST;
    int low = position;
    int high = position + PolyphaseTaps.FEWEST - 1;
    float left = input[low];
    float right = input[high + 1];
    for (int end = row + PolyphaseTaps.FEWEST / 2; row < end; row += 4, low += 4, high -= 4) {
      float tap = taps[row];
      float left1 = input[low + 1];
      float right1 = input[high];
      a += (left + right1) * tap;
      nextA += (left1 + right) * tap;
      tap = taps[row + 1];
      float left2 = input[low + 2];
      float right2 = input[high - 1];
      b += (left1 + right2) * tap;
      nextB += (left2 + right1) * tap;
      tap = taps[row + 2];
      float left3 = input[low + 3];
      float right3 = input[high - 2];
      c += (left2 + right3) * tap;
      nextC += (left3 + right2) * tap;
      tap = taps[row + 3];
      left = input[low + 4];
      right = input[high - 3];
      d += (left3 + right) * tap;
      nextD += (left + right3) * tap;
    }
    output[target] = (a + b) + (c + d);
    output[target + 2] = (nextA + nextB) + (nextC + nextD);
  }

  private void append(float[] input) {
    int needed = Math.addExact(heldCount, input.length);
    if (needed > held.length) {
      held = Arrays.copyOf(held, needed);
    }
    float[] target = held;
    int at = heldCount;
    for (float sample : input) {
      target[at++] = Math.abs(sample) <= LARGEST ? sample : 0;
    }
    heldCount = needed;
  }

  private static int greatestCommonDivisor(int a, int b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }
}
