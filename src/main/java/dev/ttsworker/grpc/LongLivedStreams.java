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

/// Server interceptor that tracks streams without an end of their own, such as health's Watch, and
/// ends them at shutdown, which would otherwise wait for them in vain. It belongs inside
/// [CallGuard], whose calls may be closed from any thread.
final class LongLivedStreams implements ServerInterceptor {
  private final Set<ServerCall<?, ?>> open = ConcurrentHashMap.newKeySet();
  private volatile boolean ended;

  /// Intercepts a service, so that [#end] ends its streams.
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

  /// Ends open and future streams as `DRAINING`.
  void end() {
    ended = true;
    open.forEach(LongLivedStreams::end);
  }

  private static void end(ServerCall<?, ?> call) {
    Statuses.close(call, new WorkerException(ErrorCode.DRAINING, "Worker is draining"));
  }
}
