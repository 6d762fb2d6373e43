package dev.ttsworker.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.runtime.FakeAccelerators;
import dev.ttsworker.engine.runtime.InferenceRuntime;
import dev.ttsworker.fixture.Polling;
import dev.ttsworker.fixture.SpokenCall;
import dev.ttsworker.fixture.TestEngine;
import dev.ttsworker.fixture.TestWorker;
import dev.ttsworker.fixture.TinyVoices;
import dev.ttsworker.fixture.WebClient;
import dev.ttsworker.health.Readiness;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A worker whose GPU the CPU plays: what clients see when it fails.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class AcceleratorIT {
  private static final Map<String, String> SEEDED = Map.of("seed", "1");
  private static final String OUT_OF_MEMORY = "CUDA failure 2: out of memory ; GPU=0";
  private static final String TEXT =
      "The quick brown fox jumps over the lazy dog, and the dog does not mind it at all.";

  @TempDir Path folder;
  private final CompletableFuture<FakeAccelerators> fake = new CompletableFuture<>();

  private TestWorker start() throws Exception {
    TinyVoices.copyLoaded(folder.resolve("voicepacks"));
    return TestWorker.startOn(
        TestEngine.onRuntime(this::around), folder, "metrics: {enabled: true, prometheus_port: 0}");
  }

  private InferenceRuntime around(InferenceRuntime real) {
    fake.complete(new FakeAccelerators(real, 1));
    return fake.join();
  }

  @Test
  void failingGpuIsNotHeardIsReportedAndComesBack() throws Exception {
    try (TestWorker worker = start().await(Readiness.State.SERVING)) {
      assertEquals("cuda:0", worker.capabilities().getDevice());
      assertEquals("cuda:0", worker.model("piper-tiny").getMetadataOrThrow("device"));
      worker.session("caller", "", SEEDED);
      byte[] before = worker.say("caller", TEXT);
      assertTrue(fake.join().runs().size() > 10);
      SpokenCall call = worker.call();
      call.send("caller", TEXT);
      assertFalse(call.isRefused());
      fake.join().failRuns(0, OUT_OF_MEMORY);
      fake.join().failLoads(0, OUT_OF_MEMORY);
      call.endInput();
      assertSame(before, call.audio());
      byte[] during = worker.say("caller", TEXT);
      assertSame(before, during);
      assertEquals("cpu", worker.capabilities().getDevice());
      assertEquals("cuda:0 failed: CUDA out of memory", worker.capabilities().getDeviceReason());
      assertEquals(Readiness.State.SERVING.name(), worker.capabilities().getState());
      assertTrue(
          new WebClient(worker).get("/metrics").body().contains("CUDA out of memory"),
          "the metrics do not tell");
      fake.join().heal(0);
      while (!worker.capabilities().getDevice().equals("cuda:0")) {
        Polling.pause();
      }
      assertSame(before, worker.say("caller", TEXT));
    }
  }

  /// Neither the call nor those after it wait for it; what comes back late is used again.
  @Test
  void gpuThatDoesNotAnswerIsLeftAsideAndComesBack() throws Exception {
    try (TestWorker worker = start().await(Readiness.State.SERVING)) {
      worker.session("caller", "", SEEDED);
      byte[] before = worker.say("caller", TEXT);
      Semaphore never = new Semaphore(0);
      fake.join().hold(never);
      assertSame(before, worker.say("caller", TEXT));
      assertEquals("cpu", worker.capabilities().getDevice());
      String reason = worker.capabilities().getDeviceReason();
      assertTrue(reason.startsWith("cuda:0 failed: no answer within "), reason);
      assertSame(before, worker.say("caller", TEXT));
      never.release(1_000_000);
      while (!worker.capabilities().getDevice().equals("cuda:0")) {
        Polling.pause();
      }
      assertSame(before, worker.say("caller", TEXT));
    }
  }

  @Test
  void lostContextIsReportedSoThatTheProcessCanBeReplaced() throws Exception {
    try (TestWorker worker = start().await(Readiness.State.SERVING)) {
      CompletableFuture<Boolean> lost = new CompletableFuture<>();
      worker.worker.whenLost(() -> lost.complete(true));
      worker.session("caller", "", SEEDED);
      byte[] before = worker.say("caller", TEXT);
      fake.join().failRuns(0, "CUDA failure 700: an illegal memory access was encountered");
      assertSame(before, worker.say("caller", TEXT));
      assertTrue(lost.get());
    }
  }

  @Test
  void noRoomForTheVoiceBringsTheFallbackOnTheCpu() throws Exception {
    TinyVoices.copyLoaded(folder.resolve("voicepacks"));
    try (TestWorker worker =
        TestWorker.startOn(
                TestEngine.onRuntime(real -> {
                  InferenceRuntime made = around(real);
                  fake.join().failLoads(0, OUT_OF_MEMORY);
                  return made;
                }),
                folder,
                "model_manager: {fallback_model_id: piper-tiny-speakers}")
            .await(Readiness.State.SERVING)) {
      String reason = worker.capabilities().getReason();
      assertTrue(reason.startsWith("fallback piper-tiny-speakers speaks on cpu"), reason);
      assertTrue(reason.contains("out of memory"), reason);
      worker.session("caller", "", SEEDED);
      assertTrue(worker.say("caller", TEXT).length > 1920);
      fake.join().heal(0);
      worker.awaitReason("piper-tiny speaks on cuda:0");
    }
  }

  /// The same sound, give or take the rounding of shapes.
  private static void assertSame(byte[] expected, byte[] pcm) {
    assertEquals(expected.length, pcm.length);
    ShortBuffer left = ByteBuffer.wrap(expected).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    ShortBuffer right = ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    for (int i = 0; i < left.limit(); i++) {
      assertEquals(left.get(i), right.get(i), 2, "sample " + i);
    }
  }
}
