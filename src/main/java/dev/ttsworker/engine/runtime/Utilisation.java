package dev.ttsworker.engine.runtime;

import java.util.function.LongSupplier;

/// Utilization of the inference threads, as an exponential moving average over a few seconds. The
/// caller samples it about once a second by [#sample]. Thread-safe.
public final class Utilisation {
  /// Weight of the newest sample.
  private static final double NEWEST = 0.3;

  private final Scheduler scheduler;
  private final LongSupplier nanoTime;
  private long sampledNanos;
  private long sampledBusyNanos;
  private double share;

  public Utilisation(Scheduler scheduler, LongSupplier nanoTime) {
    this.scheduler = scheduler;
    this.nanoTime = nanoTime;
    this.sampledNanos = nanoTime.getAsLong();
    this.sampledBusyNanos = scheduler.busyNanos();
  }

  /// Samples the time used since the last call.
  public synchronized void sample() {
    long now = nanoTime.getAsLong();
    long busy = scheduler.busyNanos();
    double available = (double) (now - sampledNanos) * scheduler.threads();
    if (available > 0) {
      double used = Math.clamp((busy - sampledBusyNanos) / available, 0, 1);
      share += NEWEST * (used - share);
      sampledNanos = now;
      sampledBusyNanos = busy;
    }
  }

  /// From 0 to 1.
  public synchronized double share() {
    return share;
  }
}
