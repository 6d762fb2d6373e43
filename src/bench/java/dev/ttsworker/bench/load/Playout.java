package dev.ttsworker.bench.load;

/// What a listener hears of one call who starts to play with the first audio: plays in real time,
/// runs dry when the next audio is late, and goes on from there when it comes. Pure arithmetic on
/// times in nanoseconds; not thread-safe.
final class Playout {
  private long dryNanos;
  private boolean started;
  private long dryForNanos;

  /// Audio has come.
  ///
  /// @return whether the listener had run dry before it, see [#dryForNanos]
  boolean arrived(long nowNanos, long audioNanos) {
    boolean late = started && nowNanos - dryNanos > 0;
    dryForNanos = late ? nowNanos - dryNanos : 0;
    if (late || !started) {
      dryNanos = nowNanos;
    }
    started = true;
    dryNanos += audioNanos;
    return late;
  }

  /// How long the listener had waited when the latest audio came; 0 when it had not.
  long dryForNanos() {
    return dryForNanos;
  }

  boolean hasStarted() {
    return started;
  }

  /// When all audio that has come is played. Only after the first audio.
  long dryNanos() {
    return dryNanos;
  }

  /// Audio in hand; negative when the listener waits. Only after the first audio.
  long slackNanos(long nowNanos) {
    return dryNanos - nowNanos;
  }
}
