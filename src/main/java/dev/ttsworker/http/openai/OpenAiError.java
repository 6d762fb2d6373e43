package dev.ttsworker.http.openai;

import java.io.Serial;

/// Rejection of a request as OpenAI's clients read it.
final class OpenAiError extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final int status;
  private final String line;
  private final String param;
  private final String code;

  /// @param line for people
  /// @param param the field that is wrong; empty for none
  /// @param code the reason for programs; empty for none
  OpenAiError(int status, String line, String param, String code) {
    super(line);
    this.status = status;
    this.line = line;
    this.param = param;
    this.code = code;
  }

  static OpenAiError invalid(String param, String line) {
    return new OpenAiError(400, line, param, "invalid_value");
  }

  int status() {
    return status;
  }

  String line() {
    return line;
  }

  String param() {
    return param;
  }

  String code() {
    return code;
  }
}
