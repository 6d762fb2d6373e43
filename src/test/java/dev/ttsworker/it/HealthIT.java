package dev.ttsworker.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.fixture.SpokenCall;
import dev.ttsworker.fixture.TestWorker;
import dev.ttsworker.fixture.TinyVoices;
import dev.ttsworker.health.Readiness;
import dev.ttsworker.lifecycle.Threads;
import dev.ttsworker.proto.ControlCommand;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The health and reflection services of a real worker.
final class HealthIT {
  private static final List<String> NAMES = List.of("", "tts.TTSService");
  private static final List<String> SERVICES =
      List.of(
          "grpc.health.v1.Health",
          "grpc.reflection.v1.ServerReflection",
          "grpc.reflection.v1alpha.ServerReflection",
          "nvidia.riva.tts.RivaSpeechSynthesis",
          "tts.TTSService",
          "xds.service.orca.v3.OpenRcaService");

  @TempDir Path folder;

  @Test
  void healthFollowsTheWorkersLife() throws Exception {
    try (TestWorker worker = TestWorker.startAsIs(folder).await(Readiness.State.UNABLE)) {
      BlockingQueue<Object> all = watch(worker, "");
      BlockingQueue<Object> speech = watch(worker, "tts.TTSService");
      assertStatus(ServingStatus.NOT_SERVING, worker, all, speech);
      TinyVoices.copyLoaded(folder.resolve("voicepacks"));
      assertTrue(worker.control("", ControlCommand.RELOAD).getSuccess());
      assertStatus(ServingStatus.SERVING, worker, all, speech);
      worker.session("s", "", Map.of());
      SpokenCall call = worker.call();
      call.send("s", "Hello");
      worker.awaitStreams(1);
      Thread closing = Threads.platform("closing-").newThread(worker.worker::close);
      closing.start();
      assertStatus(ServingStatus.NOT_SERVING, worker, all, speech);
      call.endInput();
      assertTrue(call.audio().length > 0);
      closing.join();
    }
  }

  private static void assertStatus(
      ServingStatus status,
      TestWorker worker,
      BlockingQueue<Object> all,
      BlockingQueue<Object> speech)
      throws InterruptedException {
    assertEquals(status, all.take());
    assertEquals(status, speech.take());
    for (String name : NAMES) {
      assertEquals(status, check(worker, name));
    }
  }

  @Test
  void unknownServiceIsNotFound() throws Exception {
    try (TestWorker worker = TestWorker.start(folder)) {
      StatusRuntimeException failure =
          assertThrows(StatusRuntimeException.class, () -> check(worker, "tts.Other"));
      assertEquals(Status.Code.NOT_FOUND, failure.getStatus().getCode());
      assertEquals(ServingStatus.SERVICE_UNKNOWN, watch(worker, "tts.Other").take());
    }
  }

  private static ServingStatus check(TestWorker worker, String service) {
    return HealthGrpc.newBlockingStub(worker.channel)
        .check(HealthCheckRequest.newBuilder().setService(service).build())
        .getStatus();
  }

  /// The statuses as they come, then "end" or the failure.
  private static BlockingQueue<Object> watch(TestWorker worker, String service) {
    Answers<HealthCheckResponse> answers = new Answers<>(HealthCheckResponse::getStatus);
    HealthGrpc.newStub(worker.channel)
        .watch(HealthCheckRequest.newBuilder().setService(service).build(), answers);
    return answers.come;
  }

  @Test
  void reflectionListsTheServices() throws Exception {
    try (TestWorker worker = TestWorker.start(folder)) {
      Answers<ServerReflectionResponse> answers =
          new Answers<>(answer ->
              answer.getListServicesResponse().getServiceList().stream()
                  .map(ServiceResponse::getName)
                  .sorted()
                  .toList());
      StreamObserver<ServerReflectionRequest> requests =
          ServerReflectionGrpc.newStub(worker.channel).serverReflectionInfo(answers);
      requests.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
      assertEquals(SERVICES, answers.come.take());
      requests.onCompleted();
      assertEquals("end", answers.come.take());
    }
  }

  @Test
  @SuppressWarnings("deprecation") // grpcurl of some years ago asks for it
  void oldReflectionListsTheServices() throws Exception {
    try (TestWorker worker = TestWorker.start(folder)) {
      Answers<io.grpc.reflection.v1alpha.ServerReflectionResponse> answers =
          new Answers<>(answer ->
              answer.getListServicesResponse().getServiceList().stream()
                  .map(io.grpc.reflection.v1alpha.ServiceResponse::getName)
                  .sorted()
                  .toList());
      var requests =
          io.grpc.reflection.v1alpha.ServerReflectionGrpc.newStub(worker.channel)
              .serverReflectionInfo(answers);
      requests.onNext(
          io.grpc.reflection.v1alpha.ServerReflectionRequest.newBuilder()
              .setListServices("")
              .build());
      assertEquals(SERVICES, answers.come.take());
      requests.onCompleted();
    }
  }

  /// Keeps what comes.
  private static final class Answers<A> implements StreamObserver<A> {
    final BlockingQueue<Object> come = new LinkedBlockingQueue<>();
    private final Function<A, Object> view;

    Answers(Function<A, Object> view) {
      this.view = view;
    }

    @Override
    public void onNext(A answer) {
      come.add(view.apply(answer));
    }

    @Override
    public void onError(Throwable failure) {
      come.add(failure);
    }

    @Override
    public void onCompleted() {
      come.add("end");
    }
  }
}
