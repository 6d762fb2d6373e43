package dev.ttsworker.engine.g2p.espeak;

import java.io.Serial;

/// A helper process gave no answer that can be used. It has been ended, or never ran; another one
/// must be started. The message never holds the text.
final class HelperFailure extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /// What went wrong.
  enum Reason {
    /// The process could not be started, or did not become ready.
    NOT_STARTED,
    /// The process ended by itself while it read a text: by a crash, or at its limit of processor
    /// time.
    ENDED,
    /// Someone else ended the process, such as the operating system for want of memory.
    KILLED,
    /// No answer came in time.
    LATE,
    /// What came is not an answer to the request.
    PROTOCOL
  }

  private final Reason reason;

  HelperFailure(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  HelperFailure(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }

  /// Whether the text that was read may be the cause. `LATE` is none: a text that takes too much
  /// processor time ends its process.
  boolean mayBeOfText() {
    return reason == Reason.ENDED || reason == Reason.PROTOCOL;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
