package dev.ttsworker.bench.report;

import java.util.Arrays;

/// The distribution of a quantity, in the quantity's own unit. All are 0 when nothing was counted.
///
/// @param p50 smallest sample that at least half of all samples do not exceed; the others likewise
/// @param count how many samples there were
public record Quantiles(double p50, double p90, double p99, double max, int count) {

  /// Of `samples`, which need not be sorted and stay as they are.
  public static Quantiles of(double... samples) {
    if (samples.length == 0) {
      return new Quantiles(0, 0, 0, 0, 0);
    }
    double[] sorted = samples.clone();
    Arrays.sort(sorted);
    return new Quantiles(
        rank(sorted, 50), rank(sorted, 90), rank(sorted, 99), rank(sorted, 100), sorted.length);
  }

  /// The nearest rank, which is always a value that was measured.
  private static double rank(double[] sorted, int percent) {
    long rank = (long) Math.ceil(percent * (double) sorted.length / 100);
    return sorted[(int) Math.max(0, rank - 1)];
  }
}
