package dev.ttsworker.grpc;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.grpc.limits.WireCall;
import dev.ttsworker.grpc.limits.WireCalls;
import dev.ttsworker.proto.TTSServiceGrpc;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.io.InputStream;
import java.util.Optional;

/// Server interceptor that reports a handler's progress to [WireCall], and ends the call when the
/// wire refuses it. It belongs inside [CallGuard], whose calls may be closed from any thread, and
/// must see messages as bytes.
final class WireMemory implements ServerInterceptor {
  /// Overhead of a response in addition to its bytes.
  private static final int RESPONSE_OVERHEAD_BYTES = 128;

  /// Not tracked: unsent audio is bounded by the call's lead.
  private static final String BOUNDED_BY_LEAD =
      TTSServiceGrpc.getSynthesizeMethod().getFullMethodName();

  private final WireCalls calls;

  WireMemory(WireCalls calls) {
    this.calls = calls;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Optional<WireCall> claimed = calls.claim(headers);
    if (claimed.isEmpty()) {
      return next.startCall(call, headers);
    }
    WireCall wire = claimed.get();
    wire.claim(failure -> Statuses.close(call, failure));
    try {
      return new TrackingListener<>(next.startCall(tracked(call, wire), headers), wire);
    } catch (Throwable e) {
      wire.onHandlerDone();
      throw e;
    }
  }

  private static <Q, A> ServerCall<Q, A> tracked(ServerCall<Q, A> call, WireCall wire) {
    return call.getMethodDescriptor().getFullMethodName().equals(BOUNDED_BY_LEAD)
        ? call
        : new TrackedCall<>(call, wire);
  }

  private static final class TrackedCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private final WireCall wire;

    TrackedCall(ServerCall<Q, A> call, WireCall wire) {
      super(call);
      this.wire = wire;
    }

    @Override
    public void sendMessage(A message) {
      if (message instanceof InputStream bytes
          && !wire.reserveResponse(RequestSizeLimits.length(bytes) + RESPONSE_OVERHEAD_BYTES)) {
        wire.refuse(
            new WorkerException(
                ErrorCode.BUDGET_EXCEEDED,
                "Answers that their callers have not read hold too much memory"
                    + " (limits.wire_memory_mb, limits.wire_memory_mb_per_connection); try again"));
        return;
      }
      super.sendMessage(message);
    }
  }

  private static final class TrackingListener<Q> extends SimpleForwardingServerCallListener<Q> {
    private final WireCall wire;

    TrackingListener(ServerCall.Listener<Q> delegate, WireCall wire) {
      super(delegate);
      this.wire = wire;
    }

    @Override
    public void onMessage(Q message) {
      try {
        super.onMessage(message);
      } finally {
        wire.onMessageHandled();
      }
    }

    @Override
    public void onCancel() {
      try {
        super.onCancel();
      } finally {
        wire.onHandlerDone();
      }
    }

    /// For the handler a refused call is a cancelled one.
    @Override
    public void onComplete() {
      if (wire.isRefused()) {
        onCancel();
        return;
      }
      try {
        super.onComplete();
      } finally {
        wire.onHandlerDone();
      }
    }
  }
}
