package dev.ttsworker.session;

/// What a call's thread waits for that only its caller can give, and whether the call rests for
/// want of it. Guarded by the call's lock.
final class CallerWait {
  /// A call that has waited for its caller for longer rests: it must be admitted again.
  static final long REST_NANOS = 2_000_000_000;

  /// So does one whose reader has made its listener wait for longer in all, by taking frames more
  /// slowly than they are played. Up to then what it would need to speak on is kept free for it.
  static final long SLOW_NANOS = 30_000_000_000L;

  /// What is waited for.
  enum Awaited {
    NOTHING,
    TEXT,
    READER
  }

  private final PlayoutClock playout;
  private Awaited awaited = Awaited.NOTHING;
  private long sinceNanos;
  private long takenNanos;
  private long behindNanos;

  CallerWait(PlayoutClock playout) {
    this.playout = playout;
  }

  Awaited awaited() {
    return awaited;
  }

  void begin(Awaited what, long nowNanos) {
    awaited = what;
    sinceNanos = nowNanos;
    takenNanos = nowNanos;
  }

  void end() {
    awaited = Awaited.NOTHING;
  }

  /// Frames are there for a reader that has taken all before them.
  void offers(long nowNanos) {
    takenNanos = nowNanos;
  }

  /// The reader takes frames that waited for it; called before they leave.
  void takes(long nowNanos) {
    if (playout.dryNanos() >= nowNanos) {
      behindNanos = 0;
    } else {
      behindNanos += nowNanos - Math.max(playout.dryNanos(), takenNanos);
    }
    takenNanos = nowNanos;
  }

  /// The call was let in: a reader that goes on slowly soon rests again.
  void admitted() {
    behindNanos = Math.min(behindNanos, SLOW_NANOS - REST_NANOS);
  }

  /// Whether it has waited for its caller for so long that nothing is held free for it. A call
  /// whose listener still has audio does not rest for want of text.
  boolean isResting(long nowNanos) {
    if (playout.isPaused()) {
      return nowNanos - playout.pausedSinceNanos() > REST_NANOS;
    }
    return switch (awaited) {
      case NOTHING -> false;
      case READER -> nowNanos - takenNanos > REST_NANOS || behindNanos > SLOW_NANOS;
      case TEXT -> nowNanos - sinceNanos > REST_NANOS && nowNanos - playout.dryNanos() > REST_NANOS;
    };
  }
}
