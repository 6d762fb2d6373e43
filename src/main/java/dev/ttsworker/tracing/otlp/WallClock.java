package dev.ttsworker.tracing.otlp;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Wall clock of one call: converts times of the monotonic clock to time since the Unix epoch.
///
/// @param offsetNanos epoch time minus monotonic time
record WallClock(long offsetNanos) {
  static WallClock of(LongSupplier nanoTime) {
    Instant now = Instant.now();
    long epochNanos = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    return new WallClock(epochNanos - nanoTime.getAsLong());
  }

  long epochNanos(long monotonicNanos) {
    return monotonicNanos + offsetNanos;
  }
}
