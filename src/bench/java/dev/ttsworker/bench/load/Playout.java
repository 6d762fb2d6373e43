package dev.ttsworker.bench.load;

/// Play-out of one call by a listener who starts with the first audio: plays in real time, has an
/// underrun when the next audio is late, and goes on from there when it comes. Pure arithmetic on
/// times in nanoseconds; not thread-safe.
final class Playout {
  private long endsAtNanos;
  private boolean started;
  private long underrunNanos;

  /// Audio has come.
  ///
  /// @return whether the listener had an underrun before it, see [#underrunNanos]
  boolean arrived(long nowNanos, long audioNanos) {
    boolean late = started && nowNanos - endsAtNanos > 0;
    underrunNanos = late ? nowNanos - endsAtNanos : 0;
    if (late || !started) {
      endsAtNanos = nowNanos;
    }
    started = true;
    endsAtNanos += audioNanos;
    return late;
  }

  /// How long the listener had waited when the latest audio came; 0 when it had not.
  long underrunNanos() {
    return underrunNanos;
  }

  boolean hasStarted() {
    return started;
  }

  /// When all audio that has come is played. Only after the first audio.
  long endsAtNanos() {
    return endsAtNanos;
  }

  /// Buffered audio; negative when the listener waits. Only after the first audio.
  long slackNanos(long nowNanos) {
    return endsAtNanos - nowNanos;
  }
}
