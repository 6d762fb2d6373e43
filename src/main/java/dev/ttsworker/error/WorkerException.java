package dev.ttsworker.error;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// An expected failure. The code says what the caller can do, the message names the field or
/// resource, the value and what is allowed; it never holds the text being spoken.
public final class WorkerException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  public WorkerException(ErrorCode code, String message) {
    super(message);
    this.code = code;
  }

  public WorkerException(ErrorCode code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public ErrorCode code() {
    return code;
  }

  /// The message, never null.
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
