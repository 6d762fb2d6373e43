package dev.ttsworker.http;

import java.io.Serial;

/// A request that is refused for how it is made, with its status and a line for people.
final class HttpError extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final int status;
  private final String line;

  HttpError(int status, String line) {
    super(line);
    this.status = status;
    this.line = line;
  }

  int status() {
    return status;
  }

  String line() {
    return line;
  }
}
