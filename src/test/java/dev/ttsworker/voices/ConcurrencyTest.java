package dev.ttsworker.voices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.VoiceLoader.Placement;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Many callers do everything at once: no voice may be closed while it is leased, and in the end
/// every voice is closed exactly once.
@Timeout(120)
final class ConcurrencyTest {
  private static final int CALLERS = 8;
  private static final int STEPS = 2_000;
  private static final List<String> ASKED =
      List.of("", "piper-a", "piper-b", "piper-c", "piper-lessac", "piper", "mock", "piper-xx");
  private static final Set<ErrorCode> EXPECTED =
      Set.of(
          ErrorCode.MODEL_NOT_FOUND,
          ErrorCode.MODEL_LOAD_FAILED,
          ErrorCode.CALL_CANCELLED,
          ErrorCode.DRAINING);

  @Test
  void noVoiceIsClosedWhileLeasedAndAllAreClosedInTheEnd() throws Exception {
    long seed = System.nanoTime();
    System.out.println("ConcurrencyTest seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    AtomicInteger leases = new AtomicInteger();
    try (ModelFixture fixture = new ModelFixture()) {
      fixture.residentCap = 2;
      fixture.maxParallelLoads = 2;
      fixture.fallbackId = "piper-b";
      fixture.accelerated = true;
      fixture.started();
      List<Future<?>> callers = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        SplittableRandom own = random.split();
        callers.add(fixture.callers.submit(() -> call(fixture, own, leases)));
      }
      SplittableRandom operator = random.split();
      for (int i = 0; i < STEPS / 20; i++) {
        operate(fixture, operator);
      }
      for (Future<?> caller : callers) {
        caller.get();
      }
      fixture.models().close();
      assertAllClosedOnce(fixture);
      assertTrue(leases.get() > STEPS, () -> "leases " + leases);
    }
  }

  private static void assertAllClosedOnce(ModelFixture fixture) {
    for (FakeVoice voice : fixture.loader.voices()) {
      assertEquals(1, voice.closes.get(), voice.voicepack.modelId());
    }
    assertEquals(0, fixture.metric("tts_models_resident_count"));
    assertEquals(fixture.loader.voices().size(), fixture.metric("tts_model_load"));
    assertEquals(fixture.loader.voices().size(), fixture.metric("tts_model_unload"));
    assertEquals(new HashSet<>(fixture.loader.voices()).size(), fixture.loader.voices().size());
  }

  private static void call(ModelFixture fixture, SplittableRandom random, AtomicInteger leases) {
    List<VoiceLease> held = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      held.forEach(ConcurrencyTest::assertUsable);
      try {
        step(fixture, random, held, leases);
      } catch (WorkerException e) {
        assertTrue(EXPECTED.contains(e.code()), () -> e.code() + " " + e.getMessage());
        Thread.interrupted();
      }
    }
    held.forEach(ConcurrencyTest::assertUsable);
    held.forEach(VoiceLease::close);
  }

  private static void step(
      ModelFixture fixture, SplittableRandom random, List<VoiceLease> held, AtomicInteger leases) {
    String modelId = ASKED.get(random.nextInt(ASKED.size()));
    switch (random.nextInt(16)) {
      case 0 -> fixture.models().load(modelId, random.nextBoolean());
      case 1, 2 -> fixture.models().unload(modelId);
      case 3 -> fixture.models().list();
      case 4 -> Thread.currentThread().interrupt();
      case 5, 6, 7, 8 -> {
        if (!held.isEmpty()) {
          held.remove(random.nextInt(held.size())).close();
        }
      }
      default -> {
        if (held.size() < 4) {
          VoiceLease lease = fixture.models().acquire(modelId);
          leases.incrementAndGet();
          held.add(lease);
        }
      }
    }
  }

  private static void assertUsable(VoiceLease lease) {
    assertEquals(0, ((FakeVoice) lease.voice()).closes.get(), lease.modelId());
  }

  private static void operate(ModelFixture fixture, SplittableRandom random) {
    switch (random.nextInt(5)) {
      case 0 -> fixture.timer.advance(Duration.ofMinutes(random.nextInt(20)));
      case 1 -> fixture.loader.fail("piper-a", Placement.PREFERRED, "corrupt");
      case 2 -> fixture.loader.heal();
      case 3 -> fixture.install("piper-" + (char) ('a' + random.nextInt(3)), "" + random.nextInt());
      default -> fixture.models().reload();
    }
  }
}
