package dev.ttsworker.tracing;

/// Event in the life of a call, in their usual order.
public enum CallEvent {
  OPENED,
  /// The first piece of its text came.
  FIRST_TEXT,
  /// The first sentence is read, verbalized and ready to be spoken.
  TEXT_READ,
  /// It was admitted.
  ADMITTED,
  /// Its first window of audio was computed.
  FIRST_WINDOW,
  /// Its first frame left.
  FIRST_FRAME,
  ENDED
}
