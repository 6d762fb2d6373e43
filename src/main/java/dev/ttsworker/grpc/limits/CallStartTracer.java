package dev.ttsworker.grpc.limits;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import java.util.Optional;

/// Stream tracer that marks the streams for which a handler will run. gRPC asks for a call's
/// context right before it schedules the handler, or that of unknown methods, which then runs even
/// if the stream has ended in the meantime. Streams that gRPC answers before that have no handler.
final class CallStartTracer extends ServerStreamTracer.Factory {
  private static final ServerStreamTracer NOTHING = new ServerStreamTracer() {};

  private final WireCalls calls;

  CallStartTracer(WireCalls calls) {
    this.calls = calls;
  }

  @Override
  public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
    Optional<WireCall> call = calls.find(headers);
    return call.isPresent() ? new Begin(call.get()) : NOTHING;
  }

  private static final class Begin extends ServerStreamTracer {
    private final WireCall call;

    Begin(WireCall call) {
      this.call = call;
    }

    @Override
    public Context filterContext(Context context) {
      call.handlerExpected();
      return context;
    }
  }
}
