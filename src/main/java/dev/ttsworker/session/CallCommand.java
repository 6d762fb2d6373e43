package dev.ttsworker.session;

/// What a caller can do to the running calls of its session.
public enum CallCommand {
  /// No further frame until RESUME.
  PAUSE,
  /// Go on with the next sample.
  RESUME,
  /// End with a final frame at once.
  STOP
}
