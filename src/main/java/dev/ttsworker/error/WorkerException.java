package dev.ttsworker.error;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// Expected failure with an error code. The message names the field or resource, the value and what
/// is allowed; it never contains the text being spoken.
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
