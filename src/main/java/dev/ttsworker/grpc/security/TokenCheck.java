package dev.ttsworker.grpc.security;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/// Server interceptor that authenticates calls by `authorization: Bearer <token>`; others end with
/// `UNAUTHENTICATED`.
final class TokenCheck implements ServerInterceptor {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final String SCHEME = "Bearer ";

  private final TokenFile tokens;

  TokenCheck(TokenFile tokens) {
    this.tokens = tokens;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    String given = headers.get(AUTHORIZATION);
    if (given == null || !given.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw refused("Missing header; expected authorization: Bearer <token>");
    }
    if (!tokens.accepts(given.substring(SCHEME.length()).strip())) {
      throw refused("The token of the header authorization is not accepted");
    }
    return next.startCall(call, headers);
  }

  private static WorkerException refused(String why) {
    return new WorkerException(ErrorCode.UNAUTHENTICATED, why);
  }
}
