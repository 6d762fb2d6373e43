package dev.ttsworker.bench.load;

import dev.ttsworker.bench.report.Quantiles;
import java.util.Arrays;
import java.util.List;

/// Durations that were measured. Thread-safe.
final class Samples {
  private static final double NANOS_PER_MS = 1e6;

  private double[] milliseconds = new double[64];
  private int count;

  synchronized void add(long nanos) {
    if (count == milliseconds.length) {
      milliseconds = Arrays.copyOf(milliseconds, 2 * count);
    }
    milliseconds[count++] = nanos / NANOS_PER_MS;
  }

  synchronized Quantiles quantiles() {
    return Quantiles.of(Arrays.copyOf(milliseconds, count));
  }

  synchronized List<Double> sorted() {
    return Arrays.stream(milliseconds, 0, count).sorted().boxed().toList();
  }
}
