package dev.ttsworker.session;

import dev.ttsworker.metrics.CallOutcome;

/// Reason for the end of a call that did not fail; sent with its final frame.
public enum CallEnd {
  /// Its text was spoken to the end.
  SPOKEN,
  /// `Control` stopped it.
  STOPPED,
  /// Another StartSession replaced its session.
  SESSION_REPLACED,
  /// Its session was ended, by EndSession or by the worker.
  SESSION_ENDED,
  /// It was paused for longer than `session.max_pause_ms`.
  PAUSED_TOO_LONG;

  CallOutcome outcome() {
    return this == SPOKEN ? CallOutcome.COMPLETED : CallOutcome.STOPPED;
  }
}
