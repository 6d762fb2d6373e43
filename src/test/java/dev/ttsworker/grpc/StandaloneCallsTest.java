package dev.ttsworker.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Duration;
import dev.ttsworker.fixture.Polling;
import dev.ttsworker.proto.AudioFrame;
import dev.ttsworker.proto.ControlCommand;
import dev.ttsworker.proto.ControlRequest;
import dev.ttsworker.proto.ControlResponse;
import dev.ttsworker.proto.StartSessionRequest;
import dev.ttsworker.proto.TTSServiceGrpc;
import dev.ttsworker.proto.TextChunk;
import dev.ttsworker.proto.orca.OpenRcaServiceGrpc;
import dev.ttsworker.proto.orca.OrcaLoadReport;
import dev.ttsworker.proto.orca.OrcaLoadReportRequest;
import dev.ttsworker.proto.riva.RivaSpeechSynthesisGrpc;
import dev.ttsworker.proto.riva.SynthesizeSpeechRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.Context;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Calls that need no StartSession, control on their stream, and what a proxy needs of them.
final class StandaloneCallsTest {
  private static final Metadata.Key<String> SESSION_ID =
      Metadata.Key.of("x-session-id", Metadata.ASCII_STRING_MARSHALLER);

  private final Wire wire = new Wire();
  private InProcessPort port;
  private TTSServiceGrpc.TTSServiceStub stub;

  @BeforeEach
  void open() throws Exception {
    port = new InProcessPort(Optional.empty());
    stub = TTSServiceGrpc.newStub(port.channel).withInterceptors(wire);
  }

  @AfterEach
  void close() {
    port.close();
  }

  /// What a proxy sees of the last call: how many times headers came, and the trailers.
  private static final class Wire implements ClientInterceptor {
    private final AtomicInteger headers = new AtomicInteger();
    private volatile Metadata trailers = new Metadata();

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(
        MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
      headers.set(0);
      return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
        @Override
        public void start(Listener<A> listener, Metadata sent) {
          super.start(
              new SimpleForwardingClientCallListener<>(listener) {
                @Override
                public void onHeaders(Metadata came) {
                  headers.incrementAndGet();
                  super.onHeaders(came);
                }

                @Override
                public void onClose(Status status, Metadata came) {
                  trailers = came;
                  super.onClose(status, came);
                }
              },
              sent);
        }
      };
    }
  }

  private static final class Heard implements StreamObserver<AudioFrame> {
    private final BlockingQueue<AudioFrame> frames = new LinkedBlockingQueue<>();
    private final BlockingQueue<Status> end = new LinkedBlockingQueue<>();

    @Override
    public void onNext(AudioFrame frame) {
      frames.add(frame);
    }

    @Override
    public void onError(Throwable failure) {
      end.add(Status.fromThrowable(failure));
    }

    @Override
    public void onCompleted() {
      end.add(Status.OK);
    }

    AudioFrame last() throws InterruptedException {
      assertEquals(Status.Code.OK, end.take().getCode());
      return List.copyOf(frames).getLast();
    }
  }

  private static TextChunk.Builder text(String text) {
    return TextChunk.newBuilder().setText(text);
  }

  private static TextChunk control(ControlCommand command) {
    return TextChunk.newBuilder().setControl(command).build();
  }

  @Test
  void callWithAModelOrOptionsNeedsNoSession() throws Exception {
    for (TextChunk first :
        List.of(
            text("a").setModelId("fake").build(),
            text("a").setModelId("").build(),
            text("a").putOptions("sample_rate", "16000").build())) {
      Heard heard = new Heard();
      StreamObserver<TextChunk> texts = stub.synthesize(heard);
      texts.onNext(first);
      texts.onCompleted();
      AudioFrame last = heard.last();
      assertEquals(AudioFrame.End.END_SPOKEN, last.getEnd());
      assertFalse(last.hasReceipt(), "a call that was spoken has none");
      assertEquals(first.getOptionsCount() > 0 ? 16_000 : 48_000, last.getSampleRate());
      assertTrue(last.getSessionId().startsWith("tts-"), last.getSessionId());
    }
    Polling.until(() -> port.models.leases.get() == 0);
    assertEquals(0, port.sessions.openSessions());
  }

  /// Its session id is a name: the session that has it is another one.
  @Test
  void callThatBringsItsSessionLeavesTheOpenOneAlone() throws Exception {
    var blocking = TTSServiceGrpc.newBlockingStub(port.channel);
    assertTrue(
        blocking
            .startSession(StartSessionRequest.newBuilder().setSessionId("one").build())
            .getSuccess());
    Heard heard = new Heard();
    StreamObserver<TextChunk> texts = stub.synthesize(heard);
    texts.onNext(text("a").setSessionId("one").setModelId("fake").build());
    AudioFrame first = heard.frames.poll();
    ControlResponse stopped =
        blocking.control(
            ControlRequest.newBuilder()
                .setSessionId("one")
                .setCommand(ControlCommand.STOP)
                .build());
    assertEquals(0, stopped.getReceiptsCount());
    texts.onCompleted();
    assertEquals("one", heard.last().getSessionId());
    assertEquals(1, port.sessions.openSessions());
    assertTrue(first == null || !first.getIsFinal());
  }

  @Test
  void wrongOptionsOfACallAreRefusedByName() throws Exception {
    Status refused = refusal(text("a").putOptions("speed", "9").build());
    assertEquals(Status.Code.INVALID_ARGUMENT, refused.getCode());
    assertEquals("options.speed is \"9\"; allowed: 0.5 to 2.0", refused.getDescription());
    Status tooLong = refusal(text("a").setSessionId("x".repeat(257)).setModelId("").build());
    assertEquals("session_id has 257 characters; allowed: 1 to 256", tooLong.getDescription());
    assertEquals(0, port.models.leases.get());
  }

  private Status refusal(TextChunk first) throws InterruptedException {
    Heard heard = new Heard();
    StreamObserver<TextChunk> texts = stub.synthesize(heard);
    texts.onNext(first);
    return heard.end.take();
  }

  @Test
  void stopOnTheStreamEndsTheCallWithItsReceipt() throws Exception {
    Heard heard = new Heard();
    StreamObserver<TextChunk> texts = stub.synthesize(heard);
    texts.onNext(text("a").setModelId("").build());
    texts.onNext(text("b").build());
    AudioFrame first = heard.frames.take();
    texts.onNext(control(ControlCommand.STOP));
    AudioFrame last = heard.last();
    assertTrue(last.getIsFinal());
    assertEquals(AudioFrame.End.END_STOPPED, last.getEnd());
    long samples =
        (first.getAudioData().size()
                + heard.frames.stream().mapToLong(frame -> frame.getAudioData().size()).sum())
            / 2;
    assertEquals(samples, last.getReceipt().getSamples());
    // Too late, and no failure.
    texts.onNext(text("c").build());
    texts.onCompleted();
    Polling.until(() -> port.sessions.runningCalls() == 0);
  }

  /// The frame of each piece is held back until the next: two pieces give one.
  @Test
  void pausedCallSendsNothingUntilItIsResumed() throws Exception {
    Heard heard = new Heard();
    StreamObserver<TextChunk> texts = stub.synthesize(heard);
    texts.onNext(text("a").setModelId("").setControl(ControlCommand.PAUSE).build());
    texts.onNext(text("b").setIsFinal(true).build());
    Polling.until(() -> port.sessions.framesWaiting() > 0);
    assertTrue(heard.frames.isEmpty());
    texts.onNext(control(ControlCommand.RESUME));
    assertEquals(AudioFrame.End.END_SPOKEN, heard.last().getEnd());
    assertEquals(2, heard.frames.size());
  }

  @ParameterizedTest
  @EnumSource(
      value = ControlCommand.class,
      names = {"RELOAD", "UNRECOGNIZED"})
  void otherCommandsAreNotForACall(ControlCommand command) throws Exception {
    TextChunk.Builder chunk = text("a").setModelId("");
    Status refused =
        refusal(
            (command == ControlCommand.UNRECOGNIZED
                    ? chunk.setControlValue(9)
                    : chunk.setControl(command))
                .build());
    assertEquals(Status.Code.INVALID_ARGUMENT, refused.getCode());
    String named = command == ControlCommand.UNRECOGNIZED ? "9" : "RELOAD";
    assertEquals(
        "control: " + named + " is not a command for one call; allowed: PAUSE, RESUME, STOP",
        refused.getDescription());
    assertEquals(0, port.sessions.runningCalls());
  }

  /// Clients whose proxy hashes the header send it with each request.
  @Test
  void headerNamesTheSessionOfRequestsThatDoNot() throws Exception {
    Metadata headers = new Metadata();
    headers.put(SESSION_ID, "by-header");
    var named = MetadataUtils.newAttachHeadersInterceptor(headers);
    var blocking = TTSServiceGrpc.newBlockingStub(port.channel).withInterceptors(named);
    assertTrue(blocking.startSession(StartSessionRequest.getDefaultInstance()).getSuccess());
    Heard heard = new Heard();
    StreamObserver<TextChunk> texts = stub.withInterceptors(named).synthesize(heard);
    texts.onNext(text("a").build());
    Polling.until(() -> port.sessions.runningCalls() == 1);
    ControlResponse stopped =
        blocking.control(ControlRequest.newBuilder().setCommand(ControlCommand.STOP).build());
    assertEquals(1, stopped.getReceiptsCount());
    AudioFrame last = heard.last();
    assertEquals("by-header", last.getSessionId());
    assertEquals(stopped.getReceipts(0), last.getReceipt());
    // What the request says goes before the header.
    assertEquals(
        "Session other not found",
        refusal(stub.withInterceptors(named), text("a").setSessionId("other").build())
            .getDescription());
  }

  private static Status refusal(TTSServiceGrpc.TTSServiceStub by, TextChunk first)
      throws InterruptedException {
    Heard heard = new Heard();
    StreamObserver<TextChunk> texts = by.synthesize(heard);
    texts.onNext(first);
    return heard.end.take();
  }

  /// A proxy may try another worker as long as no header has come.
  @Test
  void refusalComesBeforeAnyHeader() throws Exception {
    for (int i = 0; i < InProcessPort.MOST_CALLS; i++) {
      stub.synthesize(new Heard()).onNext(text("").setModelId("").build());
    }
    Polling.until(() -> port.sessions.runningCalls() == InProcessPort.MOST_CALLS);
    Status refused = refusal(text("a").setModelId("").build());
    assertEquals(Status.Code.RESOURCE_EXHAUSTED, refused.getCode());
    assertEquals(0, wire.headers.get());
    assertTrue(wire.trailers.keys().contains("grpc-status-details-bin"));
    assertFalse(wire.trailers.keys().contains("grpc-retry-pushback-ms"));
    assertEquals(Map.of("INVALID_ARGUMENT", 0), headersOf(text("a").build()));
    assertEquals(Map.of("NOT_FOUND", 0), headersOf(text("a").setSessionId("none").build()));
  }

  private Map<String, Integer> headersOf(TextChunk first) throws InterruptedException {
    return Map.of(refusal(first).getCode().name(), wire.headers.get());
  }

  /// At once, then each second; the rates grow with the calls.
  @Test
  void balancersSubscribeToTheLoad() throws Exception {
    BlockingQueue<OrcaLoadReport> reports = new LinkedBlockingQueue<>();
    Context.CancellableContext balancer = Context.current().withCancellation();
    balancer.run(() ->
        OpenRcaServiceGrpc.newStub(port.channel)
            .streamCoreMetrics(
                OrcaLoadReportRequest.newBuilder()
                    .setReportInterval(Duration.newBuilder().setNanos(500_000_000))
                    .build(),
                new Collector(reports, new LinkedBlockingQueue<>())));
    assertEquals(0.1, reports.take().getRpsFractional());
    for (int i = 0; i < 20; i++) {
      Heard heard = new Heard();
      stub.synthesize(heard).onNext(text("a").setModelId("").setIsFinal(true).build());
      AudioFrame _ = heard.last();
    }
    port.now.set(400_000_000);
    port.reports.tick();
    assertTrue(reports.isEmpty(), "sooner than a second");
    port.now.set(1_000_000_000);
    port.reports.tick();
    OrcaLoadReport second = reports.take();
    assertEquals(1.9, second.getRpsFractional(), 0.1);
    assertEquals(0, second.getEps());
    assertTrue(second.containsNamedMetrics("rtf"));
    boolean _ = balancer.cancel(null);
    port.now.set(2_000_000_000);
    Polling.until(() -> {
      port.now.addAndGet(1_000_000_000);
      port.reports.tick();
      return port.reports.subscribers() == 0;
    });
  }

  @Test
  void subscriptionsAreBounded() throws Exception {
    BlockingQueue<OrcaLoadReport> reports = new LinkedBlockingQueue<>();
    Context.CancellableContext balancer = Context.current().withCancellation();
    BlockingQueue<Throwable> refusals = new LinkedBlockingQueue<>();
    OpenRcaServiceGrpc.OpenRcaServiceStub orca = OpenRcaServiceGrpc.newStub(port.channel);
    balancer.run(() -> {
      for (int i = 0; i <= 1_000; i++) {
        orca.streamCoreMetrics(
            OrcaLoadReportRequest.getDefaultInstance(), new Collector(reports, refusals));
      }
    });
    assertEquals(Status.Code.RESOURCE_EXHAUSTED, Status.fromThrowable(refusals.take()).getCode());
    boolean _ = balancer.cancel(null);
    Polling.until(() -> {
      port.now.addAndGet(1_000_000_000);
      port.reports.tick();
      return port.reports.subscribers() == 0;
    });
  }

  /// Riva's calls too.
  @Test
  void refusalOfRivaComesBeforeAnyHeader() throws Exception {
    for (int i = 0; i < InProcessPort.MOST_CALLS; i++) {
      stub.synthesize(new Heard()).onNext(text("").setModelId("").build());
    }
    Polling.until(() -> port.sessions.runningCalls() == InProcessPort.MOST_CALLS);
    StatusException refused =
        assertThrows(
            StatusException.class,
            () ->
                RivaSpeechSynthesisGrpc.newBlockingV2Stub(port.channel)
                    .withInterceptors(wire)
                    .synthesize(SynthesizeSpeechRequest.newBuilder().setText("a").build()));
    assertEquals(Status.Code.RESOURCE_EXHAUSTED, refused.getStatus().getCode());
    assertEquals(0, wire.headers.get());
    assertTrue(wire.trailers.keys().contains("endpoint-load-metrics-bin"));
  }

  private record Collector(BlockingQueue<OrcaLoadReport> reports, BlockingQueue<Throwable> ends)
      implements StreamObserver<OrcaLoadReport> {
    @Override
    public void onNext(OrcaLoadReport report) {
      reports.add(report);
    }

    @Override
    public void onError(Throwable failure) {
      ends.add(failure);
    }

    @Override
    public void onCompleted() {}
  }

  @Test
  void trailersOfEachCallReportTheLoad() throws Exception {
    Heard heard = new Heard();
    StreamObserver<TextChunk> texts = stub.synthesize(heard);
    texts.onNext(text("a").setModelId("").setIsFinal(true).build());
    AudioFrame _ = heard.last();
    OrcaLoadReport report =
        OrcaLoadReport.parseFrom(
            wire.trailers.get(
                Metadata.Key.of("endpoint-load-metrics-bin", Metadata.BINARY_BYTE_MARSHALLER)));
    assertEquals(0.01, report.getApplicationUtilization());
    assertEquals(0.1, report.getRpsFractional());
  }
}
