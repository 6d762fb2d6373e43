package dev.ttsworker.metrics;

import java.time.Duration;

/// Conversion to seconds, Prometheus's unit of time.
final class Seconds {
  private static final double NANOS_PER_SECOND = 1e9;

  private Seconds() {}

  static double of(Duration duration) {
    return of(duration.toNanos());
  }

  static double of(long nanos) {
    return nanos / NANOS_PER_SECOND;
  }
}
