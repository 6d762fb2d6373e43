package dev.ttsworker.engine.audio;

/// Sliding-window minimum in constant amortized time: a monotonic queue. Not thread-safe.
final class SlidingMinimum {
  private final int[] values;
  private final long[] times;
  private final int width;
  private int head;
  private int size;
  private long now;

  /// @param width window length, at least 1
  SlidingMinimum(int width) {
    this.width = width;
    this.values = new int[width];
    this.times = new long[width];
  }

  /// Adds a value and returns the minimum of the last `width` ones.
  int next(int value) {
    if (size > 0 && times[head] <= now - width) {
      head = wrap(head + 1);
      size--;
    }
    while (size > 0 && values[wrap(head + size - 1)] >= value) {
      size--;
    }
    int tail = wrap(head + size);
    values[tail] = value;
    times[tail] = now++;
    size++;
    return values[head];
  }

  private int wrap(int index) {
    return index >= width ? index - width : index;
  }
}
