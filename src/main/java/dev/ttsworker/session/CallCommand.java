package dev.ttsworker.session;

/// Control command for the running calls of a session.
public enum CallCommand {
  /// No further frame until RESUME.
  PAUSE,
  /// Resume with the next sample.
  RESUME,
  /// End with a final frame at once.
  STOP
}
