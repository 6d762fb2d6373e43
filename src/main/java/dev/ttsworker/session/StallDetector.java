package dev.ttsworker.session;

/// Stall detector: what a call's thread waits for that only its caller can provide, and whether the
/// call has stalled on it. Guarded by the call's lock.
public final class StallDetector {
  /// A call that has waited longer for its caller is stalled: it must be admitted again.
  static final long STALL_NANOS = 2_000_000_000;

  /// So is a call whose reader has delayed its listener by more than this in total, by taking
  /// frames more slowly than they are played. Until then capacity is reserved for it.
  static final long MAX_READER_DELAY_NANOS = 30_000_000_000L;

  /// What the call waits for.
  public enum Awaited {
    NOTHING,
    TEXT,
    READER
  }

  private final PlayoutClock playout;
  private Awaited awaited = Awaited.NOTHING;
  private long sinceNanos;
  private long readerProgressNanos;
  private long readerDelayNanos;

  public StallDetector(PlayoutClock playout) {
    this.playout = playout;
  }

  Awaited awaited() {
    return awaited;
  }

  public void begin(Awaited what, long nowNanos) {
    awaited = what;
    sinceNanos = nowNanos;
    readerProgressNanos = nowNanos;
  }

  public void end() {
    awaited = Awaited.NOTHING;
  }

  /// Frames are available for a reader that has taken all earlier ones.
  void onFramesOffered(long nowNanos) {
    readerProgressNanos = nowNanos;
  }

  /// The reader takes queued frames; called before they leave.
  void onReaderProgress(long nowNanos) {
    if (playout.underrunAtNanos() >= nowNanos) {
      readerDelayNanos = 0;
    } else {
      readerDelayNanos += nowNanos - Math.max(playout.underrunAtNanos(), readerProgressNanos);
    }
    readerProgressNanos = nowNanos;
  }

  /// The call was admitted: it stalls again soon if its reader stays slow.
  void admitted() {
    readerDelayNanos = Math.min(readerDelayNanos, MAX_READER_DELAY_NANOS - STALL_NANOS);
  }

  /// Whether it has waited for its caller for so long that no capacity is reserved for it. A call
  /// whose listener has buffered audio does not stall on text.
  public boolean isStalled(long nowNanos) {
    if (playout.isPaused()) {
      return nowNanos - playout.pausedSinceNanos() > STALL_NANOS;
    }
    return switch (awaited) {
      case NOTHING -> false;
      case READER ->
          nowNanos - readerProgressNanos > STALL_NANOS || readerDelayNanos > MAX_READER_DELAY_NANOS;
      case TEXT ->
          nowNanos - sinceNanos > STALL_NANOS && nowNanos - playout.underrunAtNanos() > STALL_NANOS;
    };
  }
}
