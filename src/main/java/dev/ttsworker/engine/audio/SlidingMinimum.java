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

  /// Adds the first `added` values, each of which becomes the minimum of the last `width` ones.
  void replace(int[] series, int added) {
    int[] kept = values;
    long[] keptTimes = times;
    int first = head;
    int count = size;
    long time = now;
    for (int i = 0; i < added; i++, time++) {
      int value = series[i];
      if (count > 0 && keptTimes[first] <= time - width) {
        first = first + 1 == width ? 0 : first + 1;
        count--;
      }
      int last = wrap(first + count - 1);
      while (count > 0 && kept[last] >= value) {
        count--;
        last = last == 0 ? width - 1 : last - 1;
      }
      int tail = wrap(first + count);
      kept[tail] = value;
      keptTimes[tail] = time;
      count++;
      series[i] = kept[first];
    }
    head = first;
    size = count;
    now = time;
  }

  private int wrap(int index) {
    return index >= width ? index - width : index < 0 ? width - 1 : index;
  }
}
