package dev.ttsworker.registration;

import java.io.IOException;
import java.io.Serial;

/// Authentication failure: Redis responds but rejects user, password or permissions.
final class LoginRefusedException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  LoginRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
