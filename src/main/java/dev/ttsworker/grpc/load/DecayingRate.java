package dev.ttsworker.grpc.load;

import java.util.function.LongSupplier;

/// Exponentially weighted moving average of the rate at which a counter grows. Not thread-safe.
final class DecayingRate {
  /// A burst counts for about so long.
  private static final double TIME_CONSTANT_SECONDS = 10;

  private final LongSupplier counter;
  private long last;
  private double perSecond;

  DecayingRate(LongSupplier counter) {
    this.counter = counter;
  }

  /// Takes the counter's growth into account.
  ///
  /// @param seconds since the last time, above 0
  /// @return the rate per second
  double update(double seconds) {
    long now = counter.getAsLong();
    double recent = (now - last) / seconds;
    perSecond += (recent - perSecond) * -Math.expm1(-seconds / TIME_CONSTANT_SECONDS);
    last = now;
    return perSecond;
  }
}
