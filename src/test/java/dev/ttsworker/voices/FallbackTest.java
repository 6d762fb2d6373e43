package dev.ttsworker.voices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.VoiceLoader.Placement;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.fixture.LogLines;
import dev.ttsworker.health.Readiness;
import dev.ttsworker.metrics.Exposition;
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
    VoiceManager models = fixture.started();
    String said = "fallback piper-b speaks on cpu: a.onnx is corrupt";
    assertEquals(new Readiness.Status(Readiness.State.SERVING, said), fixture.readiness.status());
    assertEquals(List.of("piper-a PREFERRED", "piper-b CPU"), fixture.loader.attempts());
    assertTrue(models.fallbackInUse());
    assertEquals("piper-b", models.servingModelId().orElseThrow());
    assertEquals(said, models.reason());
    assertEquals("a.onnx is corrupt", fixture.metadata("piper-b").get("fallback"));
    assertEquals("failed: a.onnx is corrupt", fixture.metadata("piper-a").get("state"));
    for (String asked : List.of("", "piper-a", "piper-lessac")) {
      try (VoiceLease lease = models.acquire(asked)) {
        assertEquals("piper-b", lease.modelId());
        assertTrue(lease.note().endsWith(said), lease.note());
      }
    }
    assertEquals(2, fixture.loader.attempts().size());
  }

  @Test
  void missingDefaultIsReplacedToo() throws Exception {
    fixture.remove("piper-a");
    VoiceManager models = fixture.started();
    assertEquals("piper-b", models.acquire("piper-a").modelId());
    assertEquals("piper-b", models.acquire("").modelId());
    assertTrue(models.reason().contains("Model not found: piper-a"), models.reason());
  }

  @Test
  void voiceThatIsNotInstalledIsLoggedOnceWithWhatIs() throws Exception {
    fixture.defaultId = "piper-d";
    fixture.fallbackId = "piper-e";
    try (LogLines log = new LogLines("dev.ttsworker.voices")) {
      fixture.started();
      failAgain(1, 2, 4);
      String installed = "installed: mock-440hz, piper-a, piper-b, piper-c";
      for (String key : List.of("default_model_id", "fallback_model_id")) {
        List<String> lines = log.with("ERROR Voicepack not found for model_manager." + key);
        assertEquals(1, lines.size(), log.lines()::toString);
        assertTrue(lines.getFirst().contains(installed), lines::toString);
      }
      assertEquals(1, log.with("No voice can be loaded").size(), log.lines()::toString);
      assertEquals(1, log.with("trying the fallback").size(), log.lines()::toString);
      assertEquals(0, fixture.metric("tts_model_load_errors"));
      assertEquals(ErrorCode.MODEL_LOAD_FAILED, fixture.refusal("piper-d").code());
      assertEquals(4, log.lines().size(), log.lines()::toString);
      fixture.install("piper-f", "1");
      failAgain(8);
      assertEquals(8, log.lines().size(), "what is installed now is news");
      fixture.install("piper-d", "1");
      fixture.timer.advance(Duration.ofSeconds(16));
      fixture.awaitReason("piper-d speaks");
    }
  }

  /// Passes these waits between tries, each of which must fail.
  private void failAgain(int... seconds) throws InterruptedException {
    for (int wait : seconds) {
      fixture.timer.awaitTask(Duration.ofSeconds(wait));
      fixture.timer.advance(Duration.ofSeconds(wait));
      fixture.timer.awaitTask(Duration.ofSeconds(2L * wait));
    }
  }

  @Test
  void outageOfADefaultThatSpokeIsLoggedAgain() throws Exception {
    try (LogLines log = new LogLines("dev.ttsworker.voices")) {
      fixture.fallbackId = "piper-a";
      VoiceManager models = fixture.started();
      for (int outage = 1; outage <= 2; outage++) {
        fixture.remove("piper-a");
        models.reload();
        assertEquals(outage, log.with("ERROR Voicepack not found").size(), log.lines()::toString);
        fixture.install("piper-a", "1");
        models.reload();
      }
    }
  }

  @Test
  void everyInstalledVoiceIsShownWithAllOutcomesFromTheStart() {
    fixture.models();
    Exposition page = Exposition.of(fixture.registry);
    for (String voice : List.of("mock-440hz", "piper-a", "piper-b", "piper-c")) {
      assertEquals(5, page.count("tts_synthesis_requests_total", "model_id", voice));
    }
    fixture.install("piper-d", "1");
    fixture.models().reload();
    page = Exposition.of(fixture.registry);
    assertEquals(5, page.count("tts_synthesis_requests_total", "model_id", "piper-d"));
    assertEquals(0, page.sum("tts_synthesis_requests_total"));
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
    VoiceManager models = fixture.started();
    VoiceLease old = models.acquire("");
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
    VoiceManager models = fixture.started();
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
    VoiceManager models = fixture.started();
    assertEquals(List.of("piper-a PREFERRED", "piper-a CPU"), fixture.loader.attempts());
    VoiceLease old = models.acquire("piper-a");
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
    VoiceManager models = fixture.started();
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
    VoiceManager models = fixture.started();
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
    VoiceManager models = fixture.started();
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
    VoiceManager models = fixture.started();
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
