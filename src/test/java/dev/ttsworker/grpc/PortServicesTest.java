package dev.ttsworker.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.fixture.Polling;
import dev.ttsworker.health.Readiness;
import dev.ttsworker.metrics.Exposition;
import dev.ttsworker.proto.AudioFrame;
import dev.ttsworker.proto.ControlCommand;
import dev.ttsworker.proto.ControlRequest;
import dev.ttsworker.proto.ControlResponse;
import dev.ttsworker.proto.EndSessionRequest;
import dev.ttsworker.proto.GetCapabilitiesRequest;
import dev.ttsworker.proto.GetCapabilitiesResponse;
import dev.ttsworker.proto.ListModelsRequest;
import dev.ttsworker.proto.LoadModelRequest;
import dev.ttsworker.proto.StartSessionRequest;
import dev.ttsworker.proto.StartSessionResponse;
import dev.ttsworker.proto.TTSServiceGrpc;
import dev.ttsworker.proto.TTSServiceGrpc.TTSServiceBlockingStub;
import dev.ttsworker.proto.TextChunk;
import dev.ttsworker.proto.UnloadModelRequest;
import dev.ttsworker.proto.riva.RivaSpeechSynthesisGrpc;
import dev.ttsworker.proto.riva.RivaSynthesisConfigRequest;
import dev.ttsworker.proto.riva.SynthesizeSpeechRequest;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every service of the port through its real interceptors, on gRPC's in-process transport.
final class PortServicesTest {
  private static final String TOKEN = "0123456789abcdef-secret";

  @TempDir Path folder;
  private InProcessPort port;
  private TTSServiceBlockingStub stub;

  @BeforeEach
  void open() throws Exception {
    use(new InProcessPort(Optional.empty()));
  }

  private void use(InProcessPort opened) {
    port = opened;
    stub = TTSServiceGrpc.newBlockingStub(port.channel);
  }

  @AfterEach
  void close() {
    port.close();
  }

  private StartSessionResponse start(String id, Map<String, String> options) {
    return stub.startSession(
        StartSessionRequest.newBuilder().setSessionId(id).putAllOptions(options).build());
  }

  private static TextChunk chunk(String id, String text, boolean last) {
    return TextChunk.newBuilder().setSessionId(id).setText(text).setIsFinal(last).build();
  }

  /// What came of a call, frame by frame, a status as the last.
  private static final class Heard implements StreamObserver<AudioFrame> {
    final BlockingQueue<Object> events = new LinkedBlockingQueue<>();

    @Override
    public void onNext(AudioFrame frame) {
      events.add(frame);
    }

    @Override
    public void onError(Throwable failure) {
      events.add(Status.fromThrowable(failure));
    }

    @Override
    public void onCompleted() {
      events.add(Status.OK);
    }

    List<AudioFrame> frames = new ArrayList<>();

    Status end() throws InterruptedException {
      while (true) {
        Object event = events.take();
        if (event instanceof Status status) {
          return status;
        }
        frames.add((AudioFrame) event);
      }
    }
  }

  private Heard synthesize(TextChunk... chunks) {
    Heard heard = new Heard();
    StreamObserver<TextChunk> text = TTSServiceGrpc.newStub(port.channel).synthesize(heard);
    for (TextChunk chunk : chunks) {
      text.onNext(chunk);
    }
    text.onCompleted();
    return heard;
  }

  @Test
  void textGivesFramesInOrderAndTheLastOneIsFinal() throws Exception {
    StartSessionResponse started = start("one", Map.of());
    assertTrue(started.getSuccess());
    assertEquals("Session started on fake", started.getMessage());
    Heard heard = synthesize(chunk("one", "a", false), chunk("one", "b", false));
    assertEquals(Status.Code.OK, heard.end().getCode());
    assertEquals(2, heard.frames.size());
    for (int i = 0; i < 2; i++) {
      AudioFrame frame = heard.frames.get(i);
      assertEquals("one", frame.getSessionId());
      assertEquals(i + 1, frame.getSequenceNumber());
      assertEquals(1920, frame.getAudioData().size());
      assertEquals(48_000, frame.getSampleRate());
      assertEquals(i == 1, frame.getIsFinal());
    }
  }

  @Test
  void refusalsOfUnaryMethodsAreAnswersThatNameTheField() {
    StartSessionResponse none = start("", Map.of());
    assertFalse(none.getSuccess());
    assertEquals("Failed to start session: Missing session_id", none.getMessage());
    assertEquals("MISSING_FIELD", none.getReason());
    StartSessionResponse odd = start("one", Map.of("speed", "3"));
    assertFalse(odd.getSuccess());
    assertEquals(
        "Failed to start session: options.speed is \"3\"; allowed: 0.5 to 2.0", odd.getMessage());
    assertEquals("INVALID_FIELD", odd.getReason());
    assertEquals("", start("fine", Map.of()).getReason());
    var _ = stub.endSession(EndSessionRequest.newBuilder().setSessionId("fine").build());
    assertEquals(0, port.models.leases.get());
    ControlResponse unknown =
        stub.control(
            ControlRequest.newBuilder()
                .setSessionId("none")
                .setCommand(ControlCommand.STOP)
                .build());
    assertFalse(unknown.getSuccess());
    assertEquals("Session none not found", unknown.getMessage());
    ControlResponse noCommand =
        stub.control(ControlRequest.newBuilder().setCommandValue(9).build());
    assertFalse(noCommand.getSuccess());
    assertTrue(
        stub.endSession(EndSessionRequest.newBuilder().setSessionId("none").build()).getSuccess());
  }

  @Test
  void synthesizeEndsWithTheStatusOfItsFailure() throws Exception {
    assertEquals(Status.Code.NOT_FOUND, synthesize(chunk("none", "a", true)).end().getCode());
    assertEquals(Status.Code.INVALID_ARGUMENT, synthesize(chunk("", "a", true)).end().getCode());
    assertTrue(start("one", Map.of()).getSuccess());
    Status broken = synthesize(chunk("one", "exception", true)).end();
    assertEquals(Status.Code.INTERNAL, broken.getCode());
    assertFalse(String.valueOf(broken.getDescription()).contains("broken"), broken.toString());
    Status deep = synthesize(chunk("one", "error", true)).end();
    assertEquals(Status.Code.INTERNAL, deep.getCode());
    Status tooLong = synthesize(chunk("one", "x".repeat(1_001), true)).end();
    assertEquals(Status.Code.INVALID_ARGUMENT, tooLong.getCode());
    assertTrue(String.valueOf(tooLong.getDescription()).contains("1000"), tooLong.toString());
    assertEquals(Status.Code.OK, synthesize(chunk("one", "a", true)).end().getCode());
  }

  @Test
  void stopEndsTheCallAndAnswersWithItsReceipt() throws Exception {
    assertTrue(start("one", Map.of()).getSuccess());
    Heard heard = new Heard();
    StreamObserver<TextChunk> text = TTSServiceGrpc.newStub(port.channel).synthesize(heard);
    text.onNext(chunk("one", "a", false));
    text.onNext(chunk("one", "b", false));
    heard.frames.add((AudioFrame) heard.events.take());
    ControlResponse stopped =
        stub.control(
            ControlRequest.newBuilder()
                .setSessionId("one")
                .setCommand(ControlCommand.STOP)
                .build());
    assertTrue(stopped.getSuccess(), stopped.getMessage());
    assertEquals("Command STOP executed", stopped.getMessage());
    assertEquals(Status.Code.OK, heard.end().getCode());
    assertTrue(heard.frames.getLast().getIsFinal());
    long bytes = heard.frames.stream().mapToLong(frame -> frame.getAudioData().size()).sum();
    assertEquals(bytes / 2, stopped.getReceipts(0).getSamples());
  }

  @Test
  void modelsAndCapabilitiesAreAnswered() {
    assertTrue(
        stub.loadModel(LoadModelRequest.newBuilder().setModelId("fake").build()).getSuccess());
    assertTrue(
        stub.unloadModel(UnloadModelRequest.newBuilder().setModelId("fake").build()).getSuccess());
    assertEquals(0, stub.listModels(ListModelsRequest.getDefaultInstance()).getModelsCount());
    GetCapabilitiesResponse capabilities =
        stub.getCapabilities(GetCapabilitiesRequest.getDefaultInstance());
    assertEquals("cpu", capabilities.getDevice());
    assertEquals("LOADING", capabilities.getState());
  }

  @Test
  void healthFollowsReadinessAndWatchersSeeTheEnd() {
    HealthGrpc.HealthBlockingStub health = HealthGrpc.newBlockingStub(port.channel);
    HealthCheckRequest speech =
        HealthCheckRequest.newBuilder().setService("tts.TTSService").build();
    assertEquals(ServingStatus.NOT_SERVING, health.check(speech).getStatus());
    port.readiness.transitionTo(Readiness.State.SERVING, "a voice can speak");
    assertEquals(ServingStatus.SERVING, health.check(speech).getStatus());
    Iterator<io.grpc.health.v1.HealthCheckResponse> watched =
        health.watch(HealthCheckRequest.getDefaultInstance());
    assertEquals(ServingStatus.SERVING, watched.next().getStatus());
    port.readiness.transitionTo(Readiness.State.UNABLE, "no voice");
    assertEquals(ServingStatus.NOT_SERVING, watched.next().getStatus());
    port.services.endLongLivedStreams();
    StatusRuntimeException ended = assertThrows(StatusRuntimeException.class, watched::hasNext);
    assertEquals(Status.Code.UNAVAILABLE, ended.getStatus().getCode());
  }

  @Test
  void allButHealthNeedATokenWhereTokensAreConfigured() throws Exception {
    port.close();
    use(new InProcessPort(Optional.of(Files.writeString(folder.resolve("tokens"), TOKEN + "\n"))));
    StatusRuntimeException refused =
        assertThrows(StatusRuntimeException.class, () -> start("one", Map.of()));
    assertEquals(Status.Code.UNAUTHENTICATED, refused.getStatus().getCode());
    assertEquals(Status.Code.UNAUTHENTICATED, synthesize(chunk("one", "a", true)).end().getCode());
    assertEquals(
        ServingStatus.NOT_SERVING,
        HealthGrpc.newBlockingStub(port.channel)
            .check(HealthCheckRequest.getDefaultInstance())
            .getStatus());
    Metadata headers = new Metadata();
    Metadata.Key<String> authorization =
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    headers.put(authorization, "Bearer " + TOKEN);
    // Some clients send the header twice.
    headers.put(authorization, "Bearer something-else-altogether");
    TTSServiceGrpc.TTSServiceBlockingStub open = stub;
    stub = open.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    assertTrue(start("one", Map.of()).getSuccess());
    Metadata wrong = new Metadata();
    wrong.put(authorization, "Bearer something-else-altogether");
    stub = open.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(wrong));
    assertThrows(StatusRuntimeException.class, () -> start("two", Map.of()));
  }

  @Test
  void voicesOfRivaAreListedWithoutAToken() throws Exception {
    port.close();
    use(new InProcessPort(Optional.of(Files.writeString(folder.resolve("tokens"), TOKEN + "\n"))));
    RivaSpeechSynthesisGrpc.RivaSpeechSynthesisBlockingV2Stub riva =
        RivaSpeechSynthesisGrpc.newBlockingV2Stub(port.channel);
    assertEquals(
        0,
        riva.getRivaSynthesisConfig(RivaSynthesisConfigRequest.getDefaultInstance())
            .getModelConfigCount());
    StatusException refused =
        assertThrows(
            StatusException.class,
            () -> riva.synthesize(SynthesizeSpeechRequest.newBuilder().setText("a").build()));
    assertEquals(Status.Code.UNAUTHENTICATED, refused.getStatus().getCode());
  }

  @Test
  void callsAreCountedByMethodAndStatusAndUnknownMethodsAreNot() throws Exception {
    assertTrue(start("one", Map.of()).getSuccess());
    assertEquals(Status.Code.NOT_FOUND, synthesize(chunk("none", "a", true)).end().getCode());
    MethodDescriptor<EndSessionRequest, EndSessionRequest> invented =
        MethodDescriptor.<EndSessionRequest, EndSessionRequest>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName("tts.TTSService/Invented")
            .setRequestMarshaller(
                io.grpc.protobuf.ProtoUtils.marshaller(EndSessionRequest.getDefaultInstance()))
            .setResponseMarshaller(
                io.grpc.protobuf.ProtoUtils.marshaller(EndSessionRequest.getDefaultInstance()))
            .build();
    StatusRuntimeException unknown =
        assertThrows(
            StatusRuntimeException.class,
            () ->
                ClientCalls.blockingUnaryCall(
                    port.channel,
                    invented,
                    CallOptions.DEFAULT,
                    EndSessionRequest.getDefaultInstance()));
    assertEquals(Status.Code.UNIMPLEMENTED, unknown.getStatus().getCode());
    // A call is counted after its client has the answer.
    Polling.until(() -> Exposition.of(port.registry).sum("tts_grpc_requests_total") >= 2);
    Exposition page = Exposition.of(port.registry);
    assertEquals(1, page.sum("tts_grpc_requests_total", "method", "StartSession"));
    assertEquals(
        1, page.sum("tts_grpc_request_errors_total", "method", "Synthesize", "code", "NOT_FOUND"));
    assertEquals(2, page.sum("tts_grpc_requests_total"));
  }
}
