package dev.ttsworker.engine.g2p.espeak;

import java.io.Serial;

/// Failure of a helper process: no usable answer. The process has ended or never ran, and must be
/// replaced. The message never contains the text.
final class HelperFailure extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /// Causes.
  enum Reason {
    /// The process could not be started, or did not become ready.
    NOT_STARTED,
    /// The process ended by itself while it read a text: by a crash, or at its limit of processor
    /// time.
    ENDED,
    /// The process was ended from outside, such as by the operating system when memory is short.
    KILLED,
    /// No answer within the time limit.
    LATE,
    /// The answer violates the protocol.
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

  /// Whether the text may be the cause. `LATE` is not: a text that takes too much processor time
  /// ends its process.
  boolean mayBeCausedByText() {
    return reason == Reason.ENDED || reason == Reason.PROTOCOL;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
