package dev.ttsworker.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.health.Readiness;
import dev.ttsworker.voice.VoiceLoader.Placement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Who speaks when the default model cannot.
@Timeout(60)
final class FallbackTest {
  private final ModelFixture fixture = new ModelFixture();

  @BeforeEach
  void haveAFallback() {
    fixture.fallbackId = "piper-b";
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void fallbackSpeaksOnTheCpuAndSaysSo() throws Exception {
    fixture.loader.fail("piper-a", Placement.PREFERRED, "a.onnx is corrupt");
    ModelManager models = fixture.started();
    String said = "fallback piper-b speaks on cpu: a.onnx is corrupt";
    assertEquals(new Readiness.Status(Readiness.State.SERVING, said), fixture.readiness.status());
    assertEquals(List.of("piper-a PREFERRED", "piper-b CPU"), fixture.loader.attempts());
    assertTrue(models.fallbackInUse());
    assertEquals("piper-b", models.servingModelId().orElseThrow());
    assertEquals(said, models.reason());
    assertEquals("a.onnx is corrupt", fixture.metadata("piper-b").get("fallback"));
    assertEquals("failed: a.onnx is corrupt", fixture.metadata("piper-a").get("state"));
    for (String asked : List.of("", "piper-a", "piper-lessac")) {
      try (ModelLease lease = models.acquire(asked)) {
        assertEquals("piper-b", lease.modelId());
        assertTrue(lease.note().endsWith(said), lease.note());
      }
    }
    assertEquals(2, fixture.loader.attempts().size());
  }

  @Test
  void missingDefaultIsReplacedToo() throws Exception {
    fixture.remove("piper-a");
    ModelManager models = fixture.started();
    assertEquals("piper-b", models.acquire("piper-a").modelId());
    assertEquals("piper-b", models.acquire("").modelId());
    assertTrue(models.reason().contains("Model not found: piper-a"), models.reason());
  }

  @Test
  void anotherModelNeverFallsBackSilently() throws Exception {
    fixture.loader.fail("piper-a", Placement.PREFERRED, "corrupt");
    fixture.loader.fail("piper-c", Placement.PREFERRED, "c.onnx is corrupt");
    fixture.started();
    assertEquals("c.onnx is corrupt", fixture.refusal("piper-c").getMessage());
  }

  @Test
  void newSessionsMoveOverWhenTheDefaultIsThereAndOldOnesStay() throws Exception {
    fixture.loader.fail("piper-a", Placement.PREFERRED, "out of memory");
    ModelManager models = fixture.started();
    ModelLease old = models.acquire("");
    FakeVoice oldVoice = (FakeVoice) old.voice();
    fixture.timer.awaitTask(Duration.ofSeconds(1));
    fixture.timer.advance(Duration.ofSeconds(1));
    fixture.timer.awaitTask(Duration.ofSeconds(2));
    assertTrue(models.fallbackInUse());
    fixture.loader.heal();
    fixture.timer.advance(Duration.ofSeconds(2));
    fixture.awaitReason("piper-a speaks on cuda:0");
    assertEquals("piper-a", models.acquire("").modelId());
    assertFalse(models.fallbackInUse());
    assertEquals("piper-b", old.modelId());
    assertFalse(oldVoice.isClosed());
    old.close();
    fixture.timer.advance(Duration.ofMinutes(11));
    assertTrue(oldVoice.isClosed());
  }

  @Test
  void servingFallbackIsNeitherEvictedNorUnloaded() throws Exception {
    fixture.residentCap = 1;
    fixture.loader.fail("piper-a", Placement.PREFERRED, "corrupt");
    ModelManager models = fixture.started();
    models.acquire("").close();
    fixture.timer.advance(Duration.ofHours(1));
    models.unload("piper-b");
    assertEquals(List.of("piper-b"), models.resident());
    assertEquals(1, fixture.loader.open());
  }

  @Test
  void sameModelIsTriedOnTheCpuWhenTheAcceleratorFailed() throws Exception {
    fixture.fallbackId = "piper-a";
    fixture.accelerated = true;
    fixture.loader.fail("piper-a", Placement.PREFERRED, "CUDA out of memory");
    ModelManager models = fixture.started();
    assertEquals(List.of("piper-a PREFERRED", "piper-a CPU"), fixture.loader.attempts());
    ModelLease old = models.acquire("piper-a");
    assertEquals("fallback piper-a speaks on cpu: CUDA out of memory", old.note());
    FakeVoice onCpu = (FakeVoice) old.voice();
    fixture.timer.awaitTask(Duration.ofSeconds(1));
    fixture.loader.heal();
    fixture.timer.advance(Duration.ofSeconds(1));
    fixture.awaitReason("piper-a speaks on cuda:0");
    assertEquals("cuda:0", models.acquire("").voice().description().device());
    assertFalse(onCpu.isClosed());
    old.close();
    assertTrue(onCpu.isClosed());
  }

  @Test
  void noOtherVoiceIsTakenUnasked() throws Exception {
    fixture.fallbackId = "piper-a";
    fixture.loader.fail("piper-a", Placement.PREFERRED, "a.onnx is corrupt");
    ModelManager models = fixture.started();
    assertEquals(Readiness.State.UNABLE, fixture.readiness.status().state());
    assertTrue(models.reason().contains("a.onnx is corrupt"), models.reason());
    assertTrue(models.reason().contains("fallback_model_id"), models.reason());
    assertEquals(List.of("piper-a PREFERRED"), fixture.loader.attempts());
    WorkerException refusal = fixture.refusal("");
    assertEquals(ErrorCode.MODEL_LOAD_FAILED, refusal.code());
    assertTrue(refusal.getMessage().contains("a.onnx is corrupt"), refusal.getMessage());
    assertEquals("mock-440hz", models.acquire("mock-440hz").modelId());
  }

  @Test
  void unableSaysBothReasonsInAShortMessageAndRecovers() throws Exception {
    fixture.loader.fail("piper-a", Placement.PREFERRED, "first " + "x".repeat(2_000));
    fixture.loader.fail("piper-b", Placement.CPU, "second " + "y".repeat(2_000));
    ModelManager models = fixture.started();
    assertEquals(Readiness.State.UNABLE, fixture.readiness.status().state());
    assertTrue(models.reason().contains("first x") && models.reason().contains("second y"));
    assertTrue(models.reason().length() < 1_000);
    fixture.timer.awaitTask(Duration.ofSeconds(1));
    fixture.loader.heal();
    fixture.timer.advance(Duration.ofSeconds(1));
    fixture.awaitStatus(Readiness.Status::serving);
    assertFalse(models.fallbackInUse());
  }

  @Test
  void installedLaterIsFoundByTheNextTry() throws Exception {
    fixture.fallbackId = "piper-a";
    fixture.remove("piper-a");
    fixture.started();
    assertEquals(Readiness.State.UNABLE, fixture.readiness.status().state());
    fixture.timer.awaitTask(Duration.ofSeconds(1));
    fixture.install("piper-a", "1");
    fixture.timer.advance(Duration.ofSeconds(1));
    fixture.awaitStatus(Readiness.Status::serving);
  }

  @Test
  void waitsBetweenTriesStartAgainAfterASuccess() throws Exception {
    fixture.loader.fail("piper-a", Placement.PREFERRED, "corrupt");
    ModelManager models = fixture.started();
    fixture.timer.awaitTask(Duration.ofSeconds(1));
    fixture.timer.advance(Duration.ofSeconds(1));
    fixture.timer.awaitTask(Duration.ofSeconds(2));
    fixture.loader.heal();
    fixture.timer.advance(Duration.ofSeconds(2));
    fixture.awaitReason("piper-a speaks");
    fixture.remove("piper-a");
    models.reload();
    fixture.timer.awaitTask(Duration.ofSeconds(1));
    assertEquals(2, fixture.timer.pending());
  }

  @Test
  void loadOfTheDefaultMeansTheDefaultItself() throws Exception {
    fixture.loader.fail("piper-a", Placement.PREFERRED, "a.onnx is corrupt");
    ModelManager models = fixture.started();
    WorkerException refusal =
        assertThrows(WorkerException.class, () -> models.load("piper-a", false));
    assertEquals("a.onnx is corrupt", refusal.getMessage());
    fixture.loader.heal();
    assertEquals("piper-a", models.load("", false));
    fixture.awaitReason("piper-a speaks");
    assertEquals("1", fixture.metadata("piper-a").get("refcount"));
  }

  @Test
  void fallbackThatIsLoadedAlreadyIsUsedWhereItRuns() throws Exception {
    fixture.loader.fail("piper-a", Placement.PREFERRED, "corrupt");
    fixture.models().acquire("piper-b");
    fixture.started();
    assertEquals(List.of("piper-b PREFERRED", "piper-a PREFERRED"), fixture.loader.attempts());
    assertEquals("fallback piper-b speaks on cuda:0: corrupt", fixture.models().reason());
  }
}
