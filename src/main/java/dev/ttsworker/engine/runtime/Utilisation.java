package dev.ttsworker.engine.runtime;

import java.util.function.LongSupplier;

/// The share of the inference threads' time that is in use, smoothed over a few seconds. Fed by
/// [#sample], which is to be called about once a second. Thread-safe.
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

  /// Looks at what was used since the last time.
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
