package dev.ttsworker.http;

import java.io.Serial;

/// Rejection of a request, with its HTTP status and one line for people.
public final class HttpError extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final int status;
  private final String line;

  public HttpError(int status, String line) {
    super(line);
    this.status = status;
    this.line = line;
  }

  public int status() {
    return status;
  }

  public String line() {
    return line;
  }
}
