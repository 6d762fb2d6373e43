package dev.ttsworker.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ttsworker.error.WorkerException;
import dev.ttsworker.fixture.FullDevice;
import dev.ttsworker.fixture.RawCalls;
import dev.ttsworker.fixture.SpokenCall;
import dev.ttsworker.fixture.TestEngine;
import dev.ttsworker.fixture.TestWorker;
import dev.ttsworker.fixture.TinyVoices;
import dev.ttsworker.health.Readiness;
import dev.ttsworker.lifecycle.Threads;
import dev.ttsworker.proto.ControlCommand;
import dev.ttsworker.proto.GetCapabilitiesResponse;
import dev.ttsworker.proto.StartSessionRequest;
import dev.ttsworker.proto.StartSessionResponse;
import io.grpc.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Start, fallback and shutdown of a real worker.
final class LifecycleIT {
  private static final Map<String, String> SEEDED = Map.of("seed", "4");

  @TempDir Path folder;

  private Path model() {
    return folder.resolve("voicepacks/piper/tiny/tiny.onnx");
  }

  private static StartSessionResponse startSession(TestWorker worker, String id, String model) {
    return worker
        .stub()
        .startSession(
            StartSessionRequest.newBuilder()
                .setSessionId(id)
                .setModelId(model)
                .putAllOptions(SEEDED)
                .build());
  }

  @Test
  void busyPortIsReportedAndNothingLeaks() throws Exception {
    TinyVoices.copyLoaded(folder.resolve("voicepacks"));
    try (ServerSocket busy = new ServerSocket(0, 50, InetAddress.getByName("localhost"))) {
      String port = Integer.toString(busy.getLocalPort());
      assertStartFails(Map.of("DEFAULT_MODEL_ID", "piper-tiny", "WORKER_GRPC_PORT", port));
      assertStartFails(
          Map.of(
              "DEFAULT_MODEL_ID", "piper-tiny", "METRICS_ENABLED", "true", "METRICS_PORT", port));
    }
  }

  private void assertStartFails(Map<String, String> environment) throws InterruptedException {
    Set<Thread> before = TestWorker.threads();
    WorkerException failure =
        assertThrows(WorkerException.class, () -> TestWorker.startApart(folder, environment));
    assertTrue(failure.getMessage().contains("Address already in use"), failure.getMessage());
    Set<Thread> left = new HashSet<>(TestWorker.threads());
    left.removeAll(before);
    for (Thread ending : left) {
      ending.join();
    }
  }

  @Test
  void missingDefaultIsReportedAndTheToneStillSpeaks() throws Exception {
    TinyVoices.copyLoaded(folder.resolve("voicepacks"));
    try (TestWorker worker =
        TestWorker.startIn(folder, Map.of("DEFAULT_MODEL_ID", "piper-nowhere"))
            .await(Readiness.State.UNABLE)) {
      GetCapabilitiesResponse told = worker.capabilities();
      assertEquals("UNABLE", told.getState());
      assertTrue(
          told.getReason().startsWith("nothing can speak: Model not found: piper-nowhere"),
          told.getReason());
      StartSessionResponse refused = startSession(worker, "none", "");
      assertFalse(refused.getSuccess());
      assertTrue(refused.getMessage().contains("Model not found: piper-nowhere"));
      worker.session("tone", "mock-440hz", Map.of());
      assertEquals(25 * 1920, worker.say("tone", "x").length);
      worker.session("other", "piper-tiny", Map.of());
      assertTrue(worker.say("other", "Hello.").length > 1920);
    }
  }

  @Test
  void workerWithoutVoicesWaitsForThem() throws Exception {
    try (TestWorker worker = TestWorker.startAsIs(folder).await(Readiness.State.UNABLE)) {
      worker.session("tone", "mock", Map.of());
      assertEquals(25 * 1920, worker.say("tone", "x").length);
      assertEquals("mock", worker.model("mock-440hz").getFamily());
      TinyVoices.copyLoaded(folder.resolve("voicepacks"));
      var _ = worker.await(Readiness.State.SERVING);
      worker.session("arrived", "", Map.of());
      assertTrue(worker.say("arrived", "Hello.").length > 1920);
    }
  }

  @Test
  void fallbackSpeaksUntilTheDefaultCan() throws Exception {
    TinyVoices.copyLoaded(folder.resolve("voicepacks"));
    byte[] whole = Files.readAllBytes(model());
    Files.write(model(), Arrays.copyOf(whole, whole.length / 2));
    try (TestWorker worker =
        TestWorker.startAsIs(folder, "model_manager: {fallback_model_id: piper-tiny-speakers}")
            .await(Readiness.State.SERVING)) {
      assertFallbackTold(worker.capabilities().getReason());
      assertFallbackTold(
          "fallback piper-tiny-speakers speaks on cpu: "
              + worker.model("piper-tiny-speakers").getMetadataOrThrow("fallback"));
      StartSessionResponse started = startSession(worker, "early", "");
      assertTrue(started.getSuccess());
      assertTrue(started.getMessage().startsWith("Session started on piper-tiny-speakers (fall"));
      byte[] before = worker.say("early", "Hello.");
      Files.write(model(), whole);
      assertTrue(worker.control("", ControlCommand.RELOAD).getSuccess());
      assertEquals("piper-tiny speaks on cpu", worker.capabilities().getReason());
      assertEquals("Session started on piper-tiny", startSession(worker, "late", "").getMessage());
      assertArrayEquals(before, worker.say("early", "Hello."));
      assertEquals(1, worker.references("piper-tiny-speakers"));
    }
  }

  private static void assertFallbackTold(String reason) {
    assertTrue(
        reason.startsWith("fallback piper-tiny-speakers speaks on cpu: tiny/tiny.onnx"), reason);
  }

  @Test
  void askedForAMissingGpuItSpeaksOnTheCpuAndSaysSo() throws Exception {
    try (TestWorker worker =
        TestWorker.start(folder, "engine: {device: cuda}").await(Readiness.State.SERVING)) {
      GetCapabilitiesResponse told = worker.capabilities();
      assumeTrue(told.getDevice().equals("cpu"), "there is a GPU");
      assertTrue(
          told.getDeviceReason().startsWith("engine.device is cuda, but it does not work: "),
          told.getDeviceReason());
      assertEquals("cpu", worker.model("piper-tiny").getMetadataOrThrow("device"));
      worker.session("cpu", "", Map.of());
      assertTrue(worker.say("cpu", "Hello.").length > 1920);
    }
  }

  @Test
  void outOfMemoryBringsTheFallbackUntilThereIsMemoryAgain() throws Exception {
    TinyVoices.copyLoaded(folder.resolve("voicepacks"));
    FullDevice device = new FullDevice("piper-tiny");
    try (TestWorker worker =
        TestWorker.startOn(
                TestEngine.withFamilies(device::around),
                folder,
                "model_manager: {fallback_model_id: piper-tiny-speakers}")
            .await(Readiness.State.SERVING)) {
      String said = "fallback piper-tiny-speakers speaks on cpu: CUDA out of memory";
      assertEquals(said, worker.capabilities().getReason());
      assertEquals(
          "CUDA out of memory", worker.model("piper-tiny-speakers").getMetadataOrThrow("fallback"));
      StartSessionResponse early = startSession(worker, "early", "");
      assertEquals("Session started on piper-tiny-speakers (" + said + ")", early.getMessage());
      assertTrue(worker.say("early", "Hello.").length > 1920);
      device.free();
      worker.awaitReason("piper-tiny speaks on cpu");
      assertEquals("Session started on piper-tiny", startSession(worker, "late", "").getMessage());
      assertTrue(worker.say("early", "Hello.").length > 1920);
      assertEquals(1, worker.references("piper-tiny-speakers"));
    }
  }

  @Test
  void drainLetsRunningCallsFinishAndTakesNoNewOnes() throws Exception {
    try (TestWorker worker = TestWorker.start(folder).await(Readiness.State.SERVING)) {
      worker.session("drain", "", SEEDED);
      byte[] undisturbed = worker.say("drain", "Hello. Good morning.");
      SpokenCall call = worker.call();
      call.send("drain", "Hello. Good ");
      worker.awaitStreams(1);
      Thread closing = Threads.platform("closing-").newThread(worker.worker::close);
      closing.start();
      var _ = worker.await(Readiness.State.DRAINING);
      StartSessionResponse refused = startSession(worker, "new", "");
      while (refused.getSuccess()) {
        refused = startSession(worker, "new", "");
      }
      assertEquals("Failed to start session: Worker is draining", refused.getMessage());
      SpokenCall late = worker.call();
      late.send("drain", "Too late.");
      Throwable failure = late.throwable();
      assertEquals(Status.Code.UNAVAILABLE, Status.fromThrowable(failure).getCode());
      assertEquals("Worker is draining", Status.fromThrowable(failure).getDescription());
      assertEquals("DRAINING", RawCalls.reason(failure));
      call.send("drain", "morning.");
      call.endInput();
      assertArrayEquals(undisturbed, call.audio());
      closing.join();
    }
  }

  @Test
  void callsThatOutlastTheDrainEndWithAFinalFrame() throws Exception {
    TinyVoices.copyLoaded(folder.resolve("voicepacks"));
    Set<Thread> before = TestWorker.threads();
    try (TestWorker worker = startWithoutPatience()) {
      worker.session("open", "", SEEDED);
      worker.session("paused", "", Map.of("max_lead_ms", "100"));
      SpokenCall open = worker.call();
      open.send("open", "Hello. And then nothing");
      SpokenCall paused = worker.call();
      paused.send("paused", "Hello, this takes a while. ".repeat(20));
      assertTrue(open.next().isPresent());
      assertTrue(paused.next().isPresent());
      worker.control("paused", ControlCommand.PAUSE);
      worker.worker.close();
      assertTrue(open.frames().getLast().getIsFinal());
      assertTrue(paused.frames().getLast().getIsFinal());
    }
    Set<Thread> left = new HashSet<>(TestWorker.threads());
    left.removeAll(before);
    for (Thread ending : left) {
      ending.join();
    }
  }

  private TestWorker startWithoutPatience() throws IOException, InterruptedException {
    return TestWorker.startApart(
            folder,
            Map.of("DEFAULT_MODEL_ID", "piper-tiny"),
            "worker: {grpc_host: localhost, grpc_port: 0, drain_grace_ms: 0, drain_ms: 0}")
        .await(Readiness.State.SERVING);
  }
}
