package dev.ttsworker.bench.load;

/// The part of a run that counts. Thread-safe.
final class Window {
  private final long fromNanos;
  private volatile long untilNanos;

  Window(long fromNanos, long untilNanos) {
    this.fromNanos = fromNanos;
    this.untilNanos = untilNanos;
  }

  /// Ends it now when it would have ended later.
  synchronized void close(long nowNanos) {
    if (nowNanos - untilNanos < 0) {
      untilNanos = nowNanos;
    }
  }

  boolean contains(long nanos) {
    return nanos - fromNanos >= 0 && nanos - untilNanos < 0;
  }

  boolean begun(long nanos) {
    return nanos - fromNanos >= 0;
  }

  boolean over(long nanos) {
    return nanos - untilNanos >= 0;
  }

  long fromNanos() {
    return fromNanos;
  }

  long untilNanos() {
    return untilNanos;
  }

  double seconds() {
    return Math.max(0, untilNanos - fromNanos) / 1e9;
  }
}
