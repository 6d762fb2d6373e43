package dev.ttsworker.voices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// References, unloading and eviction.
@Timeout(60)
final class VoiceCacheTest {
  private final ModelFixture fixture = new ModelFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private FakeVoice voiceOf(VoiceLease lease) {
    return (FakeVoice) lease.voice();
  }

  @Test
  void unloadGivesOneReferenceBackAndNeverGoesBelowZero() throws Exception {
    VoiceManager models = fixture.started();
    assertEquals("piper-b", models.load("Piper-B", false));
    assertEquals("piper-b", models.load("piper-b", false));
    assertEquals("2", fixture.metadata("piper-b").get("refcount"));
    assertEquals("Model piper-b: one reference given back, 1 left", models.unload("piper-b"));
    assertEquals(List.of("piper-a", "piper-b"), models.resident());
    assertEquals("Model piper-b unloaded", models.unload("piper-b"));
    assertEquals(List.of("piper-a"), models.resident());
    assertEquals("Model piper-b is not loaded", models.unload("piper-b"));
    models.load("piper-b", false);
    assertEquals("1", fixture.metadata("piper-b").get("refcount"));
  }

  @Test
  void unloadOfAnUnknownModelIsRefused() throws Exception {
    VoiceManager models = fixture.started();
    WorkerException refusal = assertThrows(WorkerException.class, () -> models.unload("piper-xx"));
    assertEquals(ErrorCode.MODEL_NOT_FOUND, refusal.code());
  }

  @Test
  void unloadNeverTakesAVoiceFromUnderASession() throws Exception {
    VoiceManager models = fixture.started();
    VoiceLease lease = models.acquire("piper-b");
    VoiceLease other = models.acquire("piper-b");
    FakeVoice voice = voiceOf(lease);
    assertEquals(
        "Model piper-b leaves memory when its open sessions end: 2", models.unload("piper-b"));
    lease.close();
    lease.close();
    assertFalse(voice.isClosed());
    assertEquals("1", fixture.metadata("piper-b").get("refcount"));
    other.close();
    assertEquals(1, voice.closes.get());
    assertThrows(IllegalStateException.class, lease::voice);
  }

  @Test
  void laterReferenceTakesTheUnloadBack() throws Exception {
    VoiceManager models = fixture.started();
    VoiceLease lease = models.acquire("piper-b");
    models.unload("piper-b");
    models.load("piper-b", false);
    lease.close();
    assertEquals(List.of("piper-a", "piper-b"), models.resident());
  }

  @Test
  void defaultModelStaysWhateverIsUnloaded() throws Exception {
    VoiceManager models = fixture.started();
    models.load("", false);
    assertTrue(models.unload("").contains("stays in memory"));
    assertEquals(List.of("piper-a"), models.resident());
    assertEquals("0", fixture.metadata("piper-a").get("refcount"));
  }

  @Test
  void preloadOnlyTakesNoReferenceAndIsStillThereAboveTheCap() throws Exception {
    fixture.residentCap = 1;
    VoiceManager models = fixture.started();
    models.load("piper-b", true);
    assertEquals("0", fixture.metadata("piper-b").get("refcount"));
    assertEquals(List.of("piper-a", "piper-b"), models.resident());
    fixture.timer.advance(fixture.evictCheckInterval);
    assertEquals(List.of("piper-a"), models.resident());
  }

  @Test
  void leastRecentlyUsedLeavesWhenAnotherArrives() throws Exception {
    fixture.residentCap = 3;
    VoiceManager models = fixture.started();
    fixture.install("piper-d", "1");
    models.reload();
    models.acquire("piper-b").close();
    fixture.timer.advance(Duration.ofSeconds(1));
    models.acquire("piper-c").close();
    fixture.timer.advance(Duration.ofSeconds(1));
    models.acquire("piper-b").close();
    VoiceLease lease = models.acquire("piper-d");
    assertEquals(List.of("piper-a", "piper-b", "piper-d"), models.resident());
    assertEquals(1, fixture.metric("tts_model_eviction"));
    assertEquals(1, fixture.metric("tts_model_unload"));
    assertEquals(3, fixture.metric("tts_models_resident_count"));
    assertEquals(4, fixture.metric("tts_model_load"));
    lease.close();
  }

  @Test
  void modelInUseAboveTheCapLeavesOnRelease() throws Exception {
    fixture.residentCap = 1;
    VoiceManager models = fixture.started();
    VoiceLease lease = models.acquire("piper-b");
    FakeVoice voice = voiceOf(lease);
    fixture.timer.advance(Duration.ofHours(1));
    assertFalse(voice.isClosed());
    lease.close();
    assertTrue(voice.isClosed());
    assertEquals(List.of("piper-a"), models.resident());
  }

  @Test
  void idleModelLeavesAndTheDefaultAndPreloadedStay() throws Exception {
    fixture.preload = List.of("piper-c");
    VoiceManager models = fixture.started();
    models.reload(); // queued behind the preloading
    models.acquire("piper-b").close();
    fixture.timer.advance(Duration.ofSeconds(570));
    assertEquals("570", fixture.metadata("piper-b").get("idle_seconds"));
    assertEquals(List.of("piper-a", "piper-b", "piper-c"), models.resident());
    fixture.timer.advance(Duration.ofSeconds(30));
    assertEquals(List.of("piper-a", "piper-c"), models.resident());
    assertEquals("unloaded", fixture.metadata("piper-b").get("state"));
  }

  @Test
  void referencedModelIsNeverIdle() throws Exception {
    VoiceManager models = fixture.started();
    models.load("piper-b", false);
    fixture.timer.advance(Duration.ofHours(2));
    assertEquals(List.of("piper-a", "piper-b"), models.resident());
  }

  @Test
  void listShowsEveryInstalledModelWithWhatClientsRead() throws Exception {
    VoiceManager models = fixture.started();
    List<ModelStatus> list = models.list();
    assertEquals(
        List.of("mock-440hz", "piper-a", "piper-b", "piper-c"),
        list.stream().map(model -> model.voicepack().modelId()).toList());
    assertEquals(
        List.of(false, true, false, false), list.stream().map(ModelStatus::loaded).toList());
    assertEquals(
        Map.of(
            "aliases", "piper-lessac",
            "default", "true",
            "device", "cuda:0",
            "idle_seconds", "0",
            "license", "CC0",
            "refcount", "0",
            "sample_rate", "22050",
            "state", "loaded",
            "streams_within_sentence", "true"),
        fixture.metadata("piper-a"));
    assertEquals("unloaded", fixture.metadata("mock-440hz").get("state"));
    assertEquals("unknown", fixture.metadata("mock-440hz").get("license"));
    assertEquals("none", fixture.metadata("mock-440hz").get("device"));
  }
}
