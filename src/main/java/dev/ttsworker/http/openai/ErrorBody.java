package dev.ttsworker.http.openai;

import com.sun.net.httpserver.HttpExchange;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.http.ErrorWriter;
import dev.ttsworker.http.HttpError;
import dev.ttsworker.http.Responses;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Error bodies of OpenAI's interface: `{"error": {message, type, param, code}}`.
final class ErrorBody implements ErrorWriter {
  private static final int TOO_MANY = 429;
  private static final int UNAVAILABLE = 503;
  private static final int FIRST_SERVER_ERROR = 500;
  private static final String RETRY_MILLIS = "1000";
  private static final String RETRY_SECONDS = "1";

  @Override
  public void write(HttpExchange exchange, HttpError error) throws IOException {
    write(exchange, error.status(), error.line(), "", "");
  }

  @Override
  public void write(HttpExchange exchange, WorkerException failure) throws IOException {
    String code = failure.code().name().toLowerCase(Locale.ROOT);
    write(exchange, Responses.status(failure.code()), failure.getMessage(), "", code);
  }

  void write(HttpExchange exchange, OpenAiError error) throws IOException {
    write(exchange, error.status(), error.line(), error.param(), error.code());
  }

  private static void write(
      HttpExchange exchange, int status, String message, String param, String code)
      throws IOException {
    if (status == TOO_MANY || status == UNAVAILABLE) {
      exchange.getResponseHeaders().set("retry-after-ms", RETRY_MILLIS);
      exchange.getResponseHeaders().set("Retry-After", RETRY_SECONDS);
    }
    Map<String, @Nullable String> error = new HashMap<>();
    error.put("message", message);
    error.put("type", type(status));
    error.put("param", param.isEmpty() ? null : param);
    error.put("code", code.isEmpty() ? null : code);
    Responses.json(exchange, status, Map.of("error", error));
  }

  private static String type(int status) {
    return status == TOO_MANY
        ? "rate_limit_error"
        : status >= FIRST_SERVER_ERROR ? "server_error" : "invalid_request_error";
  }
}
