package dev.ttsworker.voices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.Voice;
import dev.ttsworker.engine.VoiceLoader.Placement;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.health.Readiness;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Start, warm-up and single flight.
@Timeout(60)
final class LoadingTest {
  private final ModelFixture fixture = new ModelFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void servesOnceTheDefaultHasSpokenItsWarmUp() throws Exception {
    CountDownLatch gate = fixture.loader.gate("piper-a");
    fixture.models().start();
    fixture.loader.awaitAttempts(1);
    Future<VoiceLease> early = fixture.acquireSoon("");
    assertEquals(Readiness.State.LOADING, fixture.readiness.status().state());
    assertEquals("loading", fixture.metadata("piper-a").get("state"));
    assertTrue(fixture.models().servingModelId().isEmpty());
    assertFalse(early.isDone());
    gate.countDown();
    try (VoiceLease lease = early.get()) {
      assertEquals("piper-a", lease.modelId());
      assertEquals("", lease.note());
    }
    fixture.awaitStatus(Readiness.Status::serving);
    String text = "This is a warmup test.";
    assertEquals(List.of(text, text), fixture.loader.warmUps(), "once to warm up, once measured");
    assertEquals(Map.of("piper-a", 2.0), fixture.loader.calibrated());
    assertEquals("piper-a", fixture.models().servingModelId().orElseThrow());
    assertEquals(List.of("piper-a PREFERRED"), fixture.loader.attempts());
  }

  @Test
  void warmUpCanBeSwitchedOff() throws Exception {
    fixture.warmUp = false;
    fixture.started();
    assertEquals(List.of(), fixture.loader.warmUps());
  }

  @Test
  void voiceThatCannotWarmUpIsClosedAndCountsAsFailed() throws Exception {
    fixture.loader.makeMute("piper-b");
    fixture.started();
    assertEquals(ErrorCode.INFERENCE_FAILED, fixture.refusal("piper-b").code());
    assertTrue(fixture.loader.voices().getLast().isClosed());
    assertEquals(1, fixture.metric("tts_model_load_errors"));
    assertEquals("failed: warm-up of a mute voice", fixture.metadata("piper-b").get("state"));
  }

  @Test
  void outOfMemoryIsAFailedLoad() throws Exception {
    fixture.loader.failWith(
        "piper-b", Placement.PREFERRED, () -> new OutOfMemoryError("Java heap space"));
    fixture.started();
    WorkerException refusal = fixture.refusal("piper-b");
    assertEquals(ErrorCode.MODEL_LOAD_FAILED, refusal.code());
    assertTrue(refusal.getMessage().contains("Java heap space"), refusal.getMessage());
  }

  @Test
  void unexpectedErrorDoesNotLeaveWaitersBehind() throws Exception {
    fixture.loader.failWith(
        "piper-b", Placement.PREFERRED, () -> new AssertionError("expected by the test"));
    fixture.started();
    assertEquals(ErrorCode.INTERNAL, fixture.refusal("piper-b").code());
  }

  @Test
  void concurrentLoadsOfOneModelAreOne() throws Exception {
    fixture.started();
    CountDownLatch gate = fixture.loader.gate("piper-b");
    List<Future<VoiceLease>> calls = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      calls.add(fixture.acquireSoon("piper-b"));
    }
    fixture.loader.awaitAttempts(2);
    gate.countDown();
    Voice voice = calls.getFirst().get().voice();
    for (Future<VoiceLease> call : calls) {
      assertSame(voice, call.get().voice());
    }
    assertEquals(List.of("piper-a PREFERRED", "piper-b PREFERRED"), fixture.loader.attempts());
    assertEquals("20", fixture.metadata("piper-b").get("refcount"));
  }

  @Test
  void interruptedWaiterLeavesAndTheLoadGoesOn() throws Exception {
    fixture.started();
    CountDownLatch gate = fixture.loader.gate("piper-b");
    Future<VoiceLease> stays = fixture.acquireSoon("piper-b");
    fixture.loader.awaitAttempts(2);
    List<WorkerException> ended = new ArrayList<>();
    Thread leaves = Thread.ofVirtual().start(() -> ended.add(fixture.refusal("piper-b")));
    leaves.interrupt();
    leaves.join();
    assertEquals(ErrorCode.CALL_CANCELLED, ended.getFirst().code());
    gate.countDown();
    assertEquals("piper-b", stays.get().modelId());
    assertEquals("1", fixture.metadata("piper-b").get("refcount"));
  }

  @Test
  void interruptEndsTheWaitForTheDefault() throws Exception {
    List<WorkerException> ended = new ArrayList<>();
    fixture.models();
    Thread waits = Thread.ofVirtual().start(() -> ended.add(fixture.refusal("")));
    waits.interrupt();
    waits.join();
    assertEquals(ErrorCode.CALL_CANCELLED, ended.getFirst().code());
  }

  @Test
  void noMoreLoadsAtOnceThanAllowed() throws Exception {
    fixture.maxParallelLoads = 2;
    fixture.install("piper-d", "1");
    fixture.started();
    List<CountDownLatch> gates =
        List.of(
            fixture.loader.gate("piper-b"),
            fixture.loader.gate("piper-c"),
            fixture.loader.gate("piper-d"));
    List<Future<VoiceLease>> calls =
        List.of(
            fixture.acquireSoon("piper-b"),
            fixture.acquireSoon("piper-c"),
            fixture.acquireSoon("piper-d"));
    fixture.loader.awaitAttempts(3);
    gates.forEach(CountDownLatch::countDown);
    for (Future<VoiceLease> call : calls) {
      call.get();
    }
    assertEquals(2, fixture.loader.mostRunning());
  }

  @Test
  void preloadsAfterTheDefaultAndGoesOnAfterAFailure() throws Exception {
    fixture.preload = List.of("piper-b", "piper-gone", "mock");
    fixture.loader.fail("piper-b", Placement.PREFERRED, "corrupt");
    fixture.started();
    fixture.loader.awaitAttempts(3);
    fixture.models().reload(); // queued behind the preloading
    assertEquals(
        List.of("piper-a PREFERRED", "piper-b PREFERRED", "mock-440hz PREFERRED"),
        fixture.loader.attempts());
    assertEquals(List.of("mock-440hz", "piper-a"), fixture.models().resident());
  }

  @Test
  void closeEndsTheWaitersAndEveryVoiceWithoutALease() throws Exception {
    VoiceManager models = fixture.started();
    VoiceLease held = models.acquire("piper-b");
    fixture.loader.gate("piper-c");
    Future<VoiceLease> waiting = fixture.acquireSoon("piper-c");
    fixture.loader.awaitAttempts(3);
    models.close();
    ExecutionException ended = assertThrows(ExecutionException.class, waiting::get);
    assertEquals(
        ErrorCode.DRAINING, assertInstanceOf(WorkerException.class, ended.getCause()).code());
    assertEquals(1, fixture.loader.open());
    assertEquals("piper-b", held.voice().description().modelId());
    held.close();
    assertEquals(0, fixture.loader.open());
    assertEquals(0, fixture.timer.pending());
    assertEquals(ErrorCode.DRAINING, fixture.refusal("").code());
    assertEquals(ErrorCode.DRAINING, fixture.refusal("piper-b").code());
    assertEquals(ErrorCode.DRAINING, assertThrows(WorkerException.class, models::reload).code());
  }

  @Test
  void voiceThatArrivesAfterCloseIsClosed() throws Exception {
    VoiceManager models = fixture.started();
    fixture.loader.stubborn = true;
    CountDownLatch gate = fixture.loader.gate("piper-b");
    Future<VoiceLease> waiting = fixture.acquireSoon("piper-b");
    fixture.loader.awaitAttempts(2);
    Future<?> closing = fixture.callers.submit(models::close);
    assertThrows(ExecutionException.class, waiting::get);
    assertFalse(closing.isDone());
    gate.countDown();
    closing.get();
    assertEquals(2, fixture.loader.voices().size());
    assertEquals(0, fixture.loader.open());
  }

  @Test
  void successfulLoadMakesTheFailureForgotten() throws Exception {
    fixture.loader.fail("piper-b", Placement.PREFERRED, "corrupt");
    VoiceManager models = fixture.started();
    fixture.refusal("piper-b");
    assertEquals("failed: corrupt", fixture.metadata("piper-b").get("state"));
    fixture.loader.heal();
    models.load("piper-b", false);
    assertEquals("loaded", fixture.metadata("piper-b").get("state"));
    models.unload("piper-b");
    assertEquals("unloaded", fixture.metadata("piper-b").get("state"));
  }

  @Test
  void closeEndsTheWaitForTheDefault() throws Exception {
    fixture.loader.gate("piper-a");
    fixture.models().start();
    Future<VoiceLease> waiting = fixture.acquireSoon("");
    fixture.loader.awaitAttempts(1);
    fixture.models().close();
    ExecutionException ended = assertThrows(ExecutionException.class, waiting::get);
    assertEquals(
        ErrorCode.DRAINING, assertInstanceOf(WorkerException.class, ended.getCause()).code());
  }
}
