package dev.ttsworker.grpc;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.metrics.RefusalMetrics;
import dev.ttsworker.metrics.WorkerMetrics;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Server interceptor around every method: counts calls and maps every exception of a handler to a
/// status, `Error`s too, so that no call ends as UNKNOWN. It must see requests as bytes, so that a
/// request that cannot be decoded fails inside it. Its calls are thread-safe.
public final class CallGuard implements ServerInterceptor {
  private static final Logger LOG = LoggerFactory.getLogger(CallGuard.class);

  private final WorkerMetrics metrics;
  private final RefusalMetrics refusals;
  private final LongSupplier nanoTime;

  public CallGuard(WorkerMetrics metrics, RefusalMetrics refusals, LongSupplier nanoTime) {
    this.metrics = metrics;
    this.refusals = refusals;
    this.nanoTime = nanoTime;
  }

  /// Makes the counters of all methods exist, with 0.
  void initialize(List<ServerServiceDefinition> services) {
    metrics
        .grpc()
        .initialize(
            services.stream()
                .flatMap(service -> service.getMethods().stream())
                .map(method -> String.valueOf(method.getMethodDescriptor().getBareMethodName()))
                .toList());
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    GuardedCall<Q, A> guarded = new GuardedCall<>(call);
    try {
      return new GuardedListener<>(next.startCall(guarded, headers), guarded);
    } catch (Throwable e) {
      guarded.failWith(e);
      return new EndedListener<>(guarded);
    }
  }

  /// Listener of a call whose handler failed to start.
  private static final class EndedListener<Q> extends ServerCall.Listener<Q> {
    private final GuardedCall<Q, ?> call;

    EndedListener(GuardedCall<Q, ?> call) {
      this.call = call;
    }

    @Override
    public void onCancel() {
      call.cancelled();
    }
  }

  /// Closes at most once, and counts the call.
  private final class GuardedCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private final long startedNanos = nanoTime.getAsLong();
    private boolean closed;

    GuardedCall(ServerCall<Q, A> call) {
      super(call);
    }

    @Override
    public void sendHeaders(Metadata headers) {
      synchronized (this) {
        if (!closed) {
          super.sendHeaders(headers);
        }
      }
    }

    /// Drops messages after the call was closed.
    @Override
    public void sendMessage(A message) {
      synchronized (this) {
        if (!closed) {
          super.sendMessage(message);
        }
      }
    }

    @Override
    public void close(Status status, Metadata trailers) {
      synchronized (this) {
        if (closed) {
          return;
        }
        closed = true;
        super.close(status, trailers);
      }
      Statuses.reason(status, trailers).ifPresent(refusals::call);
      count(status.getCode());
    }

    void cancelled() {
      synchronized (this) {
        if (closed) {
          return;
        }
        closed = true;
      }
      count(Status.Code.CANCELLED);
    }

    private void count(Status.Code code) {
      metrics
          .grpc()
          .ended(
              String.valueOf(getMethodDescriptor().getBareMethodName()),
              code.name(),
              Duration.ofNanos(nanoTime.getAsLong() - startedNanos));
    }

    void failWith(Throwable failure) {
      Statuses.close(this, expected(failure));
    }

    private WorkerException expected(Throwable failure) {
      String method = getMethodDescriptor().getFullMethodName();
      if (failure instanceof WorkerException known) {
        return known;
      }
      if (failure instanceof StatusRuntimeException undecodable) {
        return new WorkerException(
            ErrorCode.MALFORMED_REQUEST,
            "The request of "
                + method
                + " cannot be decoded: not a valid message, or text that is"
                + " not UTF-8",
            undecodable);
      }
      String id = logWithId(failure);
      return new WorkerException(ErrorCode.INTERNAL, method + " failed; error id " + id, failure);
    }

    /// Logs a failure.
    ///
    /// @return its error id
    String logWithId(Throwable failure) {
      String id = UUID.randomUUID().toString();
      LOG.atError()
          .addKeyValue("error_id", id)
          .setCause(failure)
          .log("{} failed", getMethodDescriptor().getFullMethodName());
      return id;
    }
  }

  private static final class GuardedListener<Q, A> extends SimpleForwardingServerCallListener<Q> {
    private final GuardedCall<Q, A> call;

    GuardedListener(ServerCall.Listener<Q> delegate, GuardedCall<Q, A> call) {
      super(delegate);
      this.call = call;
    }

    @Override
    public void onMessage(Q message) {
      guard(() -> super.onMessage(message));
    }

    @Override
    public void onHalfClose() {
      guard(super::onHalfClose);
    }

    @Override
    public void onReady() {
      guard(super::onReady);
    }

    @Override
    public void onCancel() {
      call.cancelled();
      runAfterClose(super::onCancel);
    }

    @Override
    public void onComplete() {
      runAfterClose(super::onComplete);
    }

    private void guard(Runnable action) {
      try {
        action.run();
      } catch (Throwable e) {
        call.failWith(e);
        // The handler may hold a running call: for it the failure is a cancellation.
        runAfterClose(super::onCancel);
      }
    }

    /// Runs a callback after the call was closed: a failure can only be logged.
    private void runAfterClose(Runnable end) {
      try {
        end.run();
      } catch (Throwable e) {
        String _ = call.logWithId(e);
      }
    }
  }
}
