package dev.ttsworker.cli;

import java.io.Serial;

/// Failed check, with a hint at what to do.
final class CheckFailure extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final String hint;

  CheckFailure(String message, String hint) {
    super(message);
    this.hint = hint;
  }

  String hint() {
    return hint;
  }
}
