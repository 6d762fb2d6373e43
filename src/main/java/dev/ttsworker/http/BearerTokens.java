package dev.ttsworker.http;

import com.sun.net.httpserver.HttpExchange;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Bearer tokens of requests: the header `authorization: Bearer TOKEN`.
///
/// @param accepted whether a token is; empty when callers need none
public record BearerTokens(Optional<Predicate<String>> accepted) {
  private static final String SCHEME = "Bearer ";

  /// Refuses a request without an accepted token.
  ///
  /// @throws WorkerException `UNAUTHENTICATED`
  public void check(HttpExchange exchange) {
    if (accepted.isEmpty()) {
      return;
    }
    List<String> given = exchange.getRequestHeaders().getOrDefault("Authorization", List.of());
    boolean known =
        given.stream()
            .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
            .anyMatch(value -> accepted.get().test(value.substring(SCHEME.length()).strip()));
    if (!known) {
      exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
      throw new WorkerException(
          ErrorCode.UNAUTHENTICATED,
          given.isEmpty()
              ? "Missing header; expected authorization: Bearer <token>"
              : "The token of the header authorization is not accepted");
    }
  }
}
