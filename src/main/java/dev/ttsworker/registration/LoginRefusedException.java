package dev.ttsworker.registration;

import java.io.IOException;
import java.io.Serial;

/// Redis is there and does not let this worker in: only another user, password or right helps.
final class LoginRefusedException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  LoginRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
