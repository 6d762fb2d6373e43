package dev.ttsworker.session;

/// How far ahead of its listener one call is, taking the listener to hear the first frame when it
/// leaves and to play without a break, except while paused. Not thread-safe.
final class PlayoutClock {
  /// One frame of output.
  static final long FRAME_NANOS = 20_000_000;

  /// A new call should be heard this long after it was opened. Until then it runs before every call
  /// that has more than this in hand, and after those that are about to run dry.
  static final long FIRST_SOUND_NANOS = 250_000_000;

  private long openedNanos;
  private long startedNanos;
  private long pausedSinceNanos;
  private boolean paused;
  private long allowedNanos;
  private long dueNanos;
  private long frames;

  /// @param nowNanos when the call was opened
  PlayoutClock(long nowNanos) {
    this.openedNanos = nowNanos;
    this.allowedNanos = nowNanos;
    this.dueNanos = nowNanos;
  }

  /// The call was let in: from now on there is the time of a first sound for what is computed next,
  /// unless the listener has more buffered.
  void admitted(long nowNanos) {
    openedNanos = nowNanos;
    textCame(nowNanos);
  }

  void frameLeft(long nowNanos) {
    if (frames == 0) {
      startedNanos = nowNanos;
    } else if (dryNanos() < nowNanos) {
      // The listener waited; it goes on from now.
      startedNanos += nowNanos - dryNanos();
    }
    frames++;
  }

  long frames() {
    return frames;
  }

  void pause(long nowNanos) {
    if (!paused) {
      paused = true;
      pausedSinceNanos = nowNanos;
    }
  }

  void resume(long nowNanos) {
    if (paused) {
      paused = false;
      startedNanos += nowNanos - pausedSinceNanos;
      allowedNanos += nowNanos - pausedSinceNanos;
      dueNanos += nowNanos - pausedSinceNanos;
    }
  }

  /// Text came that had been waited for. What is made of it has the time of a first sound.
  void textCame(long nowNanos) {
    allowedNanos = nowNanos + FIRST_SOUND_NANOS;
    if (dryNanos() < nowNanos) {
      dueNanos = allowedNanos;
    }
  }

  /// When the next frame should leave: for a listener that has waited anyway, with the time of a
  /// first sound, so that running calls are served first.
  long deadlineNanos() {
    return Math.max(dryNanos(), dueNanos);
  }

  /// Whether the listener hears a gap that is this worker's doing: it has heard all that left, and
  /// text for more was there in time.
  boolean isDry(long nowNanos) {
    long heardUntil = paused ? pausedSinceNanos : nowNanos;
    return frames > 0 && dryNanos() < heardUntil && allowedNanos < heardUntil;
  }

  boolean isPaused() {
    return paused;
  }

  /// When the present pause began; only while paused.
  long pausedSinceNanos() {
    return pausedSinceNanos;
  }

  /// Time spent in the present pause; 0 when not paused.
  long pausedNanos(long nowNanos) {
    return paused ? nowNanos - pausedSinceNanos : 0;
  }

  /// When the listener has heard all frames that left; before the first one, when it should leave.
  long dryNanos() {
    return frames == 0 ? openedNanos + FIRST_SOUND_NANOS : startedNanos + frames * FRAME_NANOS;
  }

  /// Audio that left and has not been heard yet; negative when the listener waits, 0 before the
  /// first frame.
  long leadNanos(long nowNanos) {
    return frames == 0 ? 0 : dryNanos() - (paused ? pausedSinceNanos : nowNanos);
  }
}
