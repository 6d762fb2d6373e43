package dev.ttsworker.engine.audio;

import java.util.Arrays;

/// Moving sum of integers, exact. Not thread-safe.
final class MovingSum {
  private final long[] ring;
  private long sum;
  private int next;

  /// @param width how many values are summed, at least 1
  /// @param before the value that all earlier ones had
  MovingSum(int width, long before) {
    this.ring = new long[width];
    Arrays.fill(ring, before);
    this.sum = before * width;
  }

  /// Adds the first `added` values, each of which becomes the sum of the last `width` ones.
  void replace(long[] series, int added) {
    long[] last = ring;
    int at = next;
    long total = sum;
    for (int i = 0; i < added; i++) {
      long value = series[i];
      total += value - last[at];
      last[at] = value;
      at = at + 1 == last.length ? 0 : at + 1;
      series[i] = total;
    }
    next = at;
    sum = total;
  }
}
