package dev.ttsworker.engine.synthesis;

import java.util.Arrays;

/// Robust estimate of a rate (an effort per unit of a size) that was measured many times. No single
/// measurement moves it far: one that is more than twice the median counts as twice the median.
/// Measurements older than five minutes are left out; while there are few, a prior stands beside
/// them. Thread-safe.
final class RobustRate {
  /// Measurements that are kept.
  private static final int KEPT = 64;

  /// With fewer recent measurements than this the prior takes the missing places.
  private static final int ENOUGH = 5;

  private static final long RECENT_NANOS = 300_000_000_000L;
  private static final double LARGEST = 2;

  private final double[] efforts = new double[KEPT];
  private final double[] sizes = new double[KEPT];
  private final long[] times = new long[KEPT];
  private double prior;
  private double priorSize;
  private int count;
  private int next;
  private long freshUntil;
  private double rate;

  /// @param prior the rate before anything was measured
  /// @param priorSize the size that stands behind it, as of one measurement
  RobustRate(double prior, double priorSize) {
    this.prior = prior;
    this.priorSize = priorSize;
    this.rate = prior;
  }

  /// Takes a rate that was found out with care, such as at the loading of a voice, as the prior.
  synchronized void calibrate(double calibrated, long nowNanos) {
    prior = calibrated;
    compute(nowNanos);
  }

  /// Adds a measurement.
  ///
  /// @param effort at least 0
  /// @param size more than 0
  synchronized void add(double effort, double size, long nowNanos) {
    efforts[next] = effort;
    sizes[next] = size;
    times[next] = nowNanos;
    next = (next + 1) % KEPT;
    count = Math.min(KEPT, count + 1);
    compute(nowNanos);
  }

  synchronized double rate(long nowNanos) {
    if (count > 0 && nowNanos - freshUntil > 0) {
      compute(nowNanos);
    }
    return rate;
  }

  private void compute(long nowNanos) {
    int recent = 0;
    double[] rates = new double[count + ENOUGH];
    long oldest = Long.MAX_VALUE;
    for (int i = 0; i < count; i++) {
      long age = nowNanos - times[i];
      if (age <= RECENT_NANOS) {
        rates[recent++] = efforts[i] / sizes[i];
        oldest = Math.min(oldest, RECENT_NANOS - age);
      }
    }
    freshUntil = oldest == Long.MAX_VALUE ? nowNanos + RECENT_NANOS : nowNanos + oldest;
    int priors = Math.max(0, ENOUGH - recent);
    Arrays.fill(rates, recent, recent + priors, prior);
    Arrays.sort(rates, 0, recent + priors);
    double most = LARGEST * rates[(recent + priors - 1) / 2];
    double effort = priors * prior * priorSize;
    double size = priors * priorSize;
    for (int i = 0; i < count; i++) {
      if (nowNanos - times[i] <= RECENT_NANOS) {
        effort += Math.min(efforts[i], most * sizes[i]);
        size += sizes[i];
      }
    }
    rate = effort / size;
  }
}
