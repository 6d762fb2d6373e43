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

/// Tells the wire what the handler of a call has had of it, and ends the call when the wire refuses
/// it. It stands inside [CallGuard], whose calls may be closed from any thread, and must see
/// messages as bytes.
final class WireMemory implements ServerInterceptor {
  /// What an answer costs beside its bytes.
  private static final int ANSWER_BYTES = 128;

  /// Speech waits for its reader: what has not left is bounded by the call's lead.
  private static final String WAITS_FOR_ITS_READER =
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
      return new TellingListener<>(next.startCall(counted(call, wire), headers), wire);
    } catch (Throwable e) {
      wire.handlerDone();
      throw e;
    }
  }

  private static <Q, A> ServerCall<Q, A> counted(ServerCall<Q, A> call, WireCall wire) {
    return call.getMethodDescriptor().getFullMethodName().equals(WAITS_FOR_ITS_READER)
        ? call
        : new CountedCall<>(call, wire);
  }

  private static final class CountedCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private final WireCall wire;

    CountedCall(ServerCall<Q, A> call, WireCall wire) {
      super(call);
      this.wire = wire;
    }

    @Override
    public void sendMessage(A message) {
      if (message instanceof InputStream bytes
          && !wire.answer(RequestSizes.length(bytes) + ANSWER_BYTES)) {
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

  private static final class TellingListener<Q> extends SimpleForwardingServerCallListener<Q> {
    private final WireCall wire;

    TellingListener(ServerCall.Listener<Q> delegate, WireCall wire) {
      super(delegate);
      this.wire = wire;
    }

    @Override
    public void onMessage(Q message) {
      try {
        super.onMessage(message);
      } finally {
        wire.messageHandled();
      }
    }

    @Override
    public void onCancel() {
      try {
        super.onCancel();
      } finally {
        wire.handlerDone();
      }
    }

    /// For the handler a refused call is one whose caller went away.
    @Override
    public void onComplete() {
      if (wire.isRefused()) {
        onCancel();
        return;
      }
      try {
        super.onComplete();
      } finally {
        wire.handlerDone();
      }
    }
  }
}
