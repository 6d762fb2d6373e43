package dev.ttsworker.grpc.security;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.List;
import java.util.stream.StreamSupport;

/// Server interceptor that authenticates calls by `authorization: Bearer <token>`; others end with
/// `UNAUTHENTICATED`.
final class TokenCheck implements ServerInterceptor {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final String SCHEME = "Bearer ";

  private final TokenFile accepted;

  TokenCheck(TokenFile accepted) {
    this.accepted = accepted;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Iterable<String> given = headers.getAll(AUTHORIZATION);
    List<String> tokens =
        given == null
            ? List.of()
            : StreamSupport.stream(given.spliterator(), false)
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(value -> value.substring(SCHEME.length()).strip())
                .toList();
    if (tokens.isEmpty()) {
      throw refused("Missing header; expected authorization: Bearer <token>");
    }
    // Some clients send the header twice.
    if (tokens.stream().noneMatch(accepted::accepts)) {
      throw refused("The token of the header authorization is not accepted");
    }
    return next.startCall(call, headers);
  }

  private static WorkerException refused(String why) {
    return new WorkerException(ErrorCode.UNAUTHENTICATED, why);
  }
}
