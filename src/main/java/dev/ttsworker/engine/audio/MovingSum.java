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

  /// Adds a value and returns the sum of the last `width` ones.
  long next(long value) {
    sum += value - ring[next];
    ring[next] = value;
    next = next + 1 == ring.length ? 0 : next + 1;
    return sum;
  }
}
