package dev.ttsworker.grpc.limits;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import java.util.Optional;

/// Notes which streams gRPC takes as calls. It asks for a call's context right before it hands the
/// call to its handler's threads, from where on the handler, or that of unknown methods, comes in
/// any case, also when the stream has ended meanwhile. Streams that gRPC answers before that have
/// no handler.
final class CallBegins extends ServerStreamTracer.Factory {
  private static final ServerStreamTracer NOTHING = new ServerStreamTracer() {};

  private final WireCalls calls;

  CallBegins(WireCalls calls) {
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
      call.awaitsHandler();
      return context;
    }
  }
}
