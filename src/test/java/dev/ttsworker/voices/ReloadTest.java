package dev.ttsworker.voices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.VoiceLoader.Placement;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ReloadTest {
  private final ModelFixture fixture = new ModelFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void nothingChangedMeansNothingLoaded() throws Exception {
    assertEquals("models installed: 4; piper-a speaks on cuda:0", fixture.started().reload());
    assertEquals(1, fixture.loader.attempts().size());
  }

  @Test
  void changedVoiceIsLoadedAnewAndRunningCallsKeepTheOldOne() throws Exception {
    VoiceManager models = fixture.started();
    VoiceLease old = models.acquire("");
    FakeVoice oldVoice = (FakeVoice) old.voice();
    fixture.install("piper-a", "2");
    assertEquals(
        "models installed: 4; reloaded: piper-a; piper-a speaks on cuda:0", models.reload());
    assertNotSame(oldVoice, models.acquire("").voice());
    assertSame(oldVoice, old.voice());
    assertFalse(oldVoice.isClosed());
    assertEquals(2, fixture.metric("tts_models_resident_count"));
    old.close();
    assertTrue(oldVoice.isClosed());
    assertEquals(1, fixture.loader.open());
    assertEquals(1, fixture.metric("tts_models_resident_count"));
    assertEquals(0, fixture.metric("tts_model_eviction"));
  }

  @Test
  void sessionsGetTheOldVoiceWhileTheNewOneIsLoading() throws Exception {
    VoiceManager models = fixture.started();
    fixture.install("piper-a", "2");
    CountDownLatch gate = fixture.loader.gate("piper-a");
    Future<String> reload = fixture.callers.submit(models::reload);
    fixture.loader.awaitAttempts(2);
    try (VoiceLease during = models.acquire("")) {
      assertSame(fixture.loader.voices().getFirst(), during.voice());
    }
    gate.countDown();
    reload.get();
    assertSame(fixture.loader.voices().getLast(), models.acquire("").voice());
  }

  @Test
  void changedVoiceThatDoesNotLoadKeepsItsEarlierOne() throws Exception {
    VoiceManager models = fixture.started();
    fixture.install("piper-a", "2");
    fixture.loader.fail("piper-a", Placement.PREFERRED, "corrupt");
    String said = models.reload();
    assertTrue(said.contains("not reloaded, the earlier voice stays: piper-a (corrupt)"), said);
    assertEquals("piper-a", models.acquire("").modelId());
    assertFalse(models.fallbackInUse());
  }

  @Test
  void removedVoiceIsOutOfReachAndFreedWithItsLastLease() throws Exception {
    VoiceManager models = fixture.started();
    models.load("piper-b", false);
    VoiceLease lease = models.acquire("piper-b");
    FakeVoice voice = (FakeVoice) lease.voice();
    fixture.remove("piper-b");
    assertEquals(
        "models installed: 3; no longer installed: piper-b; piper-a speaks on cuda:0",
        models.reload());
    assertEquals(ErrorCode.MODEL_NOT_FOUND, fixture.refusal("piper-b").code());
    assertFalse(voice.isClosed());
    lease.close();
    assertTrue(voice.isClosed());
  }

  @Test
  void removedDefaultSpeaksOnUntilAnotherCan() throws Exception {
    VoiceManager models = fixture.started();
    fixture.remove("piper-a");
    models.reload();
    assertEquals(List.of("piper-a"), models.resident());
    assertEquals("piper-a", models.acquire("").modelId());
    assertEquals(1, fixture.loader.attempts().size());
    assertTrue(fixture.readiness.status().serving());
  }

  @Test
  void fallbackTakesOverFromARemovedDefault() throws Exception {
    fixture.fallbackId = "piper-b";
    VoiceManager models = fixture.started();
    fixture.remove("piper-a");
    models.reload();
    assertEquals("piper-b", models.acquire("").modelId());
    assertEquals(List.of("piper-b"), models.resident());
    assertTrue(models.fallbackInUse());
  }

  @Test
  void repairedDefaultSpeaksAtOnce() throws Exception {
    fixture.loader.fail("piper-a", Placement.PREFERRED, "corrupt");
    VoiceManager models = fixture.started();
    fixture.loader.heal();
    String said = models.reload();
    assertTrue(said.endsWith("piper-a speaks on cuda:0"), said);
    assertEquals(1, fixture.timer.pending()); // only the eviction
  }

  @Test
  void newVoiceCanBeAskedFor() throws Exception {
    VoiceManager models = fixture.started();
    fixture.install("piper-new", "1");
    assertEquals(ErrorCode.MODEL_NOT_FOUND, fixture.refusal("piper-new").code());
    models.reload();
    assertEquals("piper-new", models.acquire("piper-new").modelId());
  }

  @Test
  void interruptEndsTheWaitOnly() throws Exception {
    VoiceManager models = fixture.started();
    fixture.install("piper-a", "2");
    CountDownLatch gate = fixture.loader.gate("piper-a");
    List<WorkerException> ended = new ArrayList<>();
    Thread caller =
        Thread.ofVirtual()
            .start(() -> ended.add(Assertions.assertThrows(WorkerException.class, models::reload)));
    fixture.loader.awaitAttempts(2);
    caller.interrupt();
    caller.join();
    assertEquals(ErrorCode.CALL_CANCELLED, ended.getFirst().code());
    gate.countDown();
    models.reload();
    assertSame(fixture.loader.voices().getLast(), models.acquire("").voice());
    assertEquals(2, fixture.loader.voices().size());
  }
}
