package dev.ttsworker.grpc.load;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;

/// Server interceptor that adds the load report to the trailers of each call.
final class LoadTrailer implements ServerInterceptor {
  private static final Metadata.Key<byte[]> NAME =
      Metadata.Key.of("endpoint-load-metrics-bin", Metadata.BINARY_BYTE_MARSHALLER);

  private final LoadReports reports;

  LoadTrailer(LoadReports reports) {
    this.reports = reports;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    return next.startCall(
        new SimpleForwardingServerCall<>(call) {
          @Override
          public void close(Status status, Metadata trailers) {
            trailers.put(NAME, reports.current().toByteArray());
            super.close(status, trailers);
          }
        },
        headers);
  }
}
