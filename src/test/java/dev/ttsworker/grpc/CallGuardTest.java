package dev.ttsworker.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.fixture.LogLines;
import dev.ttsworker.metrics.Exposition;
import dev.ttsworker.metrics.RefusalMetrics;
import dev.ttsworker.metrics.WorkerMetrics;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CallGuardTest {
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final AtomicLong now = new AtomicLong();
  private final CallGuard guard =
      new CallGuard(new WorkerMetrics(registry), new RefusalMetrics(registry), now::get);
  private final FakeCall call = new FakeCall();
  private final AtomicInteger cancellations = new AtomicInteger();

  /// A handler that does the same on every callback.
  private final class Handler extends ServerCall.Listener<InputStream> {
    private final Runnable action;

    Handler(Runnable action) {
      this.action = action;
    }

    @Override
    public void onMessage(InputStream message) {
      action.run();
    }

    @Override
    public void onHalfClose() {
      action.run();
    }

    @Override
    public void onReady() {
      action.run();
    }

    @Override
    public void onCancel() {
      cancellations.incrementAndGet();
    }
  }

  private static void fail(String kind) {
    switch (kind) {
      case "known" -> throw new WorkerException(ErrorCode.NO_CAPACITY, "No capacity now");
      case "bug" -> throw new IllegalStateException("secret text");
      case "undecodable" -> throw Status.INTERNAL.asRuntimeException();
      case "memory" -> throw new OutOfMemoryError("secret text");
      case "stack" -> throw new StackOverflowError();
      case "class" -> throw new NoClassDefFoundError("secret text");
      default -> throw new AssertionError(kind);
    }
  }

  private ServerCall.Listener<InputStream> started(Runnable action) {
    return guard.interceptCall(call, new Metadata(), (_, _) -> new Handler(action));
  }

  private ErrorCode end() {
    assertEquals(1, call.ends.size(), () -> "ends: " + call.ends);
    Optional<ErrorCode> reason = Statuses.reason(call.ends.getFirst(), call.trailers.getFirst());
    return reason.orElseThrow();
  }

  private static ErrorCode expected(String kind) {
    return switch (kind) {
      case "known" -> ErrorCode.NO_CAPACITY;
      case "undecodable" -> ErrorCode.MALFORMED_REQUEST;
      default -> ErrorCode.INTERNAL;
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"known", "bug", "undecodable", "memory", "stack", "class"})
  void everyExceptionOfAHandlerEndsTheCallOnceWithAStatus(String kind) {
    List<Consumer<ServerCall.Listener<InputStream>>> events =
        List.of(
            listener -> listener.onMessage(new ByteArrayInputStream(new byte[0])),
            ServerCall.Listener::onHalfClose,
            ServerCall.Listener::onReady);
    for (Consumer<ServerCall.Listener<InputStream>> event : events) {
      call.ends.clear();
      call.trailers.clear();
      cancellations.set(0);
      ServerCall.Listener<InputStream> listener = started(() -> fail(kind));
      event.accept(listener);
      event.accept(listener);
      assertEquals(expected(kind), end());
      assertTrue(cancellations.get() > 0, "the handler learns that its call has ended");
      String warned = String.valueOf(call.ends.getFirst().getDescription());
      assertFalse(warned.contains("secret"), warned);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"known", "bug", "memory", "class"})
  void handlerThatCannotStartEndsItsCallToo(String kind) {
    ServerCall.Listener<InputStream> listener =
        guard.interceptCall(
            call,
            new Metadata(),
            (_, _) -> {
              fail(kind);
              return new ServerCall.Listener<>() {};
            });
    assertEquals(expected(kind), end());
    listener.onCancel();
    assertEquals(1, call.ends.size());
  }

  @Test
  void nothingIsSentAfterTheEnd() {
    guard
        .interceptCall(
            call,
            new Metadata(),
            (guarded, _) -> {
              guarded.sendHeaders(new Metadata());
              guarded.close(Status.OK, new Metadata());
              guarded.sendMessage(new ByteArrayInputStream(new byte[0]));
              guarded.sendHeaders(new Metadata());
              guarded.close(Status.INTERNAL, new Metadata());
              return new Handler(() -> {});
            })
        .onCancel();
    assertEquals(List.of(Status.OK), call.ends);
    assertEquals(1, call.headers());
    assertEquals(List.of(), call.messages);
  }

  @Test
  void endIsCountedWithItsReasonItsCodeAndItsTime() {
    ServerCall.Listener<InputStream> listener = started(() -> fail("known"));
    now.addAndGet(2_000_000_000);
    listener.onHalfClose();
    Exposition page = Exposition.of(registry);
    assertEquals(1, page.sum("tts_refused_total", "reason", "no_capacity"));
    assertEquals(
        1,
        page.sum(
            "tts_grpc_request_errors_total", "method", "Synthesize", "code", "RESOURCE_EXHAUSTED"));
    assertEquals(2, page.sum("tts_grpc_request_duration_seconds_sum", "method", "Synthesize"));
  }

  /// gRPC would end the executor of the call with it.
  @Test
  void handlerThatFailsAfterTheEndIsLoggedOnly() {
    ServerCall.Listener<InputStream> broken =
        guard.interceptCall(
            call,
            new Metadata(),
            (_, _) ->
                new ServerCall.Listener<>() {
                  @Override
                  public void onCancel() {
                    throw new IllegalStateException("too late");
                  }

                  @Override
                  public void onComplete() {
                    throw new AssertionError("too late");
                  }
                });
    try (LogLines log = new LogLines("dev.ttsworker.grpc")) {
      broken.onComplete();
      broken.onCancel();
      assertEquals(2, log.with("tts.TTSService/Synthesize failed").size(), log.lines()::toString);
    }
    assertEquals(List.of(), call.ends);
  }

  @Test
  void cancelledCallsAreCountedOnce() {
    ServerCall.Listener<InputStream> listener = started(() -> {});
    listener.onCancel();
    listener.onCancel();
    assertEquals(1, Exposition.of(registry).sum("tts_grpc_requests_total"));
  }
}
