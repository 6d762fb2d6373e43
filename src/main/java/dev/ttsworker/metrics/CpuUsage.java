package dev.ttsworker.metrics;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// CPU usage of a process between two readings. Thread-safe.
final class CpuUsage {
  /// Within this interval readings are cached: the system counts processor time in steps of 10 ms.
  private static final long MIN_INTERVAL_NANOS = 500_000_000;

  private final Supplier<Duration> cpuTime;
  private final LongSupplier nanoTime;
  private final int processors;
  private long readNanos;
  private long usedNanos;
  private double percent;

  /// @param cpuTime used by the process since its start
  CpuUsage(Supplier<Duration> cpuTime, LongSupplier nanoTime, int processors) {
    this.cpuTime = cpuTime;
    this.nanoTime = nanoTime;
    this.processors = processors;
    this.readNanos = nanoTime.getAsLong();
    this.usedNanos = cpuTime.get().toNanos();
  }

  /// From 0 to 100, where 100 is all processors.
  synchronized double percent() {
    long now = nanoTime.getAsLong();
    long passed = now - readNanos;
    if (passed >= MIN_INTERVAL_NANOS) {
      long used = cpuTime.get().toNanos();
      percent = Math.clamp(100.0 * (used - usedNanos) / passed / processors, 0, 100);
      readNanos = now;
      usedNanos = used;
    }
    return percent;
  }
}
