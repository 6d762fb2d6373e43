package dev.ttsworker.session;

/// Play-out clock: models the lead of one call, i.e. buffered audio at its listener, who is assumed
/// to play from the first frame without a break, except while paused. Not thread-safe.
public final class PlayoutClock {
  /// One frame of output.
  public static final long FRAME_NANOS = 20_000_000;

  /// Target latency of first audio after the opening of a call. Until then the call has priority
  /// over calls with a longer lead, and yields to those closer to an underrun.
  static final long FIRST_AUDIO_NANOS = 250_000_000;

  private long openedNanos;
  private long startedNanos;
  private long pausedSinceNanos;
  private boolean paused;
  private long graceUntilNanos;
  private long dueNanos;
  private long frames;

  /// @param nowNanos when the call was opened
  public PlayoutClock(long nowNanos) {
    this.openedNanos = nowNanos;
    this.graceUntilNanos = nowNanos;
    this.dueNanos = nowNanos;
  }

  /// The call was admitted: first audio is due from now on, unless the listener has more buffered.
  public void admitted(long nowNanos) {
    openedNanos = nowNanos;
    onTextResumed(nowNanos);
  }

  public void onFrameSent(long nowNanos) {
    if (frames == 0) {
      startedNanos = nowNanos;
    } else if (underrunAtNanos() < nowNanos) {
      // Underrun: play-out is postponed to now.
      startedNanos += nowNanos - underrunAtNanos();
    }
    frames++;
  }

  public long frames() {
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
      graceUntilNanos += nowNanos - pausedSinceNanos;
      dueNanos += nowNanos - pausedSinceNanos;
    }
  }

  /// Text arrived after a wait: its audio has the deadline of first audio.
  public void onTextResumed(long nowNanos) {
    graceUntilNanos = nowNanos + FIRST_AUDIO_NANOS;
    if (underrunAtNanos() < nowNanos) {
      dueNanos = graceUntilNanos;
    }
  }

  /// Deadline of the next frame. After a wait for text it is that of first audio, so that running
  /// calls are served first.
  public long deadlineNanos() {
    return Math.max(underrunAtNanos(), dueNanos);
  }

  /// Whether there is an underrun that this worker causes: all sent audio is played, and text for
  /// more arrived in time.
  public boolean isUnderrun(long nowNanos) {
    long heardUntil = paused ? pausedSinceNanos : nowNanos;
    return frames > 0 && underrunAtNanos() < heardUntil && graceUntilNanos < heardUntil;
  }

  boolean isPaused() {
    return paused;
  }

  /// When the present pause began; valid only while paused.
  long pausedSinceNanos() {
    return pausedSinceNanos;
  }

  /// Duration of the present pause; 0 when not paused.
  long pausedNanos(long nowNanos) {
    return paused ? nowNanos - pausedSinceNanos : 0;
  }

  /// Play-out deadline: when the listener has played all frames that left; before the first one,
  /// when that is due.
  public long underrunAtNanos() {
    return frames == 0 ? openedNanos + FIRST_AUDIO_NANOS : startedNanos + frames * FRAME_NANOS;
  }

  /// Lead: audio that left and is not yet played; negative during an underrun, 0 before the first
  /// frame.
  public long leadNanos(long nowNanos) {
    return frames == 0 ? 0 : underrunAtNanos() - (paused ? pausedSinceNanos : nowNanos);
  }
}
