package dev.ttsworker.grpc;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/// Server interceptor for the header `x-session-id`, by which a proxy sends the calls of one
/// session to one worker (consistent hashing). It names the session of requests that do not.
final class SessionIdHeader implements ServerInterceptor {
  private static final Metadata.Key<String> NAME =
      Metadata.Key.of("x-session-id", Metadata.ASCII_STRING_MARSHALLER);
  private static final Context.Key<String> VALUE = Context.keyWithDefault("session-id", "");

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    String id = headers.get(NAME);
    return id == null
        ? next.startCall(call, headers)
        : Contexts.interceptCall(Context.current().withValue(VALUE, id), call, headers, next);
  }

  /// The session of the present call.
  ///
  /// @param field what the request says; empty when nothing
  static String idOr(String field) {
    return field.isEmpty() ? VALUE.get() : field;
  }
}
