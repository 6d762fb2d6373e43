package dev.ttsworker.grpc;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import io.grpc.BindableService;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Streams that stand open as long as the client likes, such as health's Watch. Their services
/// never end them, so that a shutdown would wait for them in vain. It stands inside [CallGuard],
/// whose calls may be closed from any thread.
final class LongLivedStreams implements ServerInterceptor {
  private final Set<ServerCall<?, ?>> open = ConcurrentHashMap.newKeySet();
  private volatile boolean ended;

  /// The service, whose streams this then can end.
  BindableService around(BindableService service) {
    return () -> ServerInterceptors.intercept(service.bindService(), this);
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (call.getMethodDescriptor().getType().serverSendsOneMessage()) {
      return next.startCall(call, headers);
    }
    open.add(call);
    ServerCall.Listener<Q> listener;
    try {
      listener = next.startCall(call, headers);
    } catch (Throwable e) {
      open.remove(call);
      throw e;
    }
    if (ended) {
      end(call);
    }
    return new SimpleForwardingServerCallListener<>(listener) {
      @Override
      public void onCancel() {
        open.remove(call);
        super.onCancel();
      }

      @Override
      public void onComplete() {
        open.remove(call);
        super.onComplete();
      }
    };
  }

  /// Ends those that are open, and whatever comes from now on, as `DRAINING`.
  void end() {
    ended = true;
    open.forEach(LongLivedStreams::end);
  }

  private static void end(ServerCall<?, ?> call) {
    Statuses.close(call, new WorkerException(ErrorCode.DRAINING, "Worker is draining"));
  }
}
