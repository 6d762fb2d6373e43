package dev.ttsworker.bench.simulation;

import dev.ttsworker.bench.report.Quantiles;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Delays in milliseconds.
final class Delays {
  /// Of the curve that a report holds.
  private static final int CURVE_POINTS = 200;

  private double[] values = new double[16];
  private int count;

  void add(double milliseconds) {
    if (count == values.length) {
      values = Arrays.copyOf(values, 2 * count);
    }
    values[count++] = milliseconds;
  }

  void addAll(Delays others) {
    for (int i = 0; i < others.count; i++) {
      add(others.values[i]);
    }
  }

  int count() {
    return count;
  }

  /// Of at least one.
  double mean() {
    return Arrays.stream(values, 0, count).sum() / count;
  }

  FleetRun.Latency latency() {
    double[] sorted = sorted();
    return new FleetRun.Latency(
        rank(sorted, 0.5), rank(sorted, 0.95), rank(sorted, 0.99), rank(sorted, 1), count);
  }

  Quantiles quantiles() {
    return Quantiles.of(Arrays.copyOf(values, count));
  }

  /// All of them ascending, or so many as draw the same curve.
  List<Double> curve() {
    double[] sorted = sorted();
    int points = Math.min(count, CURVE_POINTS);
    return IntStream.rangeClosed(1, points)
        .mapToObj(point -> rank(sorted, (double) point / points))
        .toList();
  }

  private double[] sorted() {
    double[] sorted = Arrays.copyOf(values, count);
    Arrays.sort(sorted);
    return sorted;
  }

  /// The nearest rank; 0 when there is none.
  private static double rank(double[] sorted, double share) {
    if (sorted.length == 0) {
      return 0;
    }
    // A product such as 0.99 * 100 may be a little above the whole number.
    int rank = (int) Math.ceil(share * sorted.length - 1e-9);
    return sorted[Math.max(0, rank - 1)];
  }
}
