package dev.ttsworker.grpc;

import dev.ttsworker.tracing.TraceContext;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.Optional;

/// Server interceptor for W3C's header `traceparent`: requests are handled as part of that trace.
final class TraceHeader implements ServerInterceptor {
  private static final Metadata.Key<String> NAME =
      Metadata.Key.of(TraceContext.HEADER, Metadata.ASCII_STRING_MARSHALLER);

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    ServerCall.Listener<Q> listener = next.startCall(call, headers);
    return Optional.ofNullable(headers.get(NAME))
        .flatMap(TraceContext::parse)
        .<ServerCall.Listener<Q>>map(trace -> new TracedListener<>(listener, trace))
        .orElse(listener);
  }

  /// The callbacks in which calls are opened.
  private static final class TracedListener<Q> extends SimpleForwardingServerCallListener<Q> {
    private final TraceContext trace;

    TracedListener(ServerCall.Listener<Q> delegate, TraceContext trace) {
      super(delegate);
      this.trace = trace;
    }

    @Override
    public void onMessage(Q message) {
      trace.handle(() -> super.onMessage(message));
    }

    @Override
    public void onHalfClose() {
      trace.handle(super::onHalfClose);
    }
  }
}
