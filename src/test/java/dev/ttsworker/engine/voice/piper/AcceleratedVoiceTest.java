package dev.ttsworker.engine.voice.piper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.Device;
import dev.ttsworker.engine.VoiceLoader.Placement;
import dev.ttsworker.engine.VoiceSettings;
import dev.ttsworker.engine.runtime.FakeAccelerators;
import dev.ttsworker.engine.voice.Pace;
import dev.ttsworker.engine.voice.Rendering;
import dev.ttsworker.engine.voice.Renderings;
import dev.ttsworker.engine.voice.VoiceModel;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.fixture.Polling;
import dev.ttsworker.voicepack.Voicepack;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Voices on accelerators that the CPU plays: what they say is what they say on the CPU, whatever
/// shapes, batches and failures there are.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("slow")
final class AcceleratedVoiceTest {
  private static final float TOLERANCE = 2e-5f;
  private static final String OUT_OF_MEMORY = "CUDA failure 2: out of memory ; GPU=0";
  private static final String LONG = "a long sentence that goes on and on for a while, as some do";

  @TempDir static Path loaded;
  private static final Map<String, Voicepack> packs = new HashMap<>();

  @TempDir Path folder;
  private FakeAccelerators fake = new FakeAccelerators(PiperFixture.cpu(), 1);
  private PiperFixture fixture = new PiperFixture(Path.of(""), fake);

  /// Cuts and measures the voices once for all tests.
  @BeforeAll
  static void loadOnce() {
    PiperFixture first = new PiperFixture(loaded);
    for (String name : List.of("tiny", "tiny-speakers")) {
      Voicepack pack = first.install(name);
      first.load(pack).close();
      packs.put(name, pack);
    }
  }

  @AfterEach
  void close() {
    fixture.accelerators.close();
  }

  private Voicepack install(int accelerators, String name) {
    fixture.accelerators.close();
    fake = new FakeAccelerators(PiperFixture.cpu(), accelerators);
    fixture = new PiperFixture(folder, fake);
    return fixture.installLoaded(Objects.requireNonNull(packs.get(name)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tiny", "tiny-speakers"})
  void saysWhatItSaysOnTheCpu(String name) {
    Voicepack pack = install(1, name);
    try (VoiceModel here = fixture.load(pack);
        VoiceModel there = fixture.loader().load(pack, Placement.PREFERRED)) {
      assertEquals("cuda:0", there.description().device());
      assertEquals("cpu", here.description().device());
      // Three widths of each of three stages.
      while (fake.loads() < 9) {
        Polling.pause();
      }
      fake.forgetRuns();
      SplittableRandom random = new SplittableRandom(1);
      for (String text : List.of("a", "hi", LONG, LONG.repeat(3))) {
        float[] expected = speak(here, text, () -> Pace.of(16));
        float[] said = speak(there, text, () -> Pace.of(1 + random.nextInt(128)));
        assertEquals(0, Renderings.difference(expected, said), TOLERANCE, text);
      }
      Set<Integer> widths = new HashSet<>();
      fake.runs().forEach(run -> widths.add(run.width()));
      assertTrue(widths.size() >= 7, "few widths: " + widths);
    }
  }

  @Test
  void callsAtOnceShareBatchesAndEachGetsItsOwn() throws Exception {
    Voicepack pack = install(1, "tiny");
    int calls = 12;
    try (VoiceModel here = fixture.load(pack);
        VoiceModel there = fixture.loader().load(pack, Placement.PREFERRED);
        ExecutorService callers = Executors.newFixedThreadPool(calls)) {
      fake.forgetRuns();
      Semaphore turns = new Semaphore(0);
      fake.hold(turns);
      List<Future<float[]>> said = new ArrayList<>();
      for (int call = 0; call < calls; call++) {
        String text = LONG.substring(call);
        said.add(callers.submit(() -> speak(there, text, () -> Pace.of(64))));
      }
      while (fake.runs().size() < 400 && said.stream().anyMatch(one -> !one.isDone())) {
        turns.release();
        Polling.pause();
      }
      for (int call = 0; call < calls; call++) {
        float[] expected = speak(here, LONG.substring(call), () -> Pace.of(64));
        assertEquals(
            0, Renderings.difference(expected, said.get(call).get()), TOLERANCE, "call " + call);
      }
      assertTrue(fake.runs().stream().anyMatch(run -> run.batch() > 1), "no batches");
    }
  }

  /// Where the window that failed joins the next, the sound goes on as if nothing had been.
  @ParameterizedTest
  @CsvSource({
    OUT_OF_MEMORY + ", false",
    "Non-zero status code returned while running Conv node, false",
    "CUDA error 700, true"
  })
  void failureInMidSentenceIsNotHeard(String failure, boolean lost) {
    Voicepack pack = install(1, "tiny");
    String text = LONG.repeat(4);
    try (VoiceModel here = fixture.load(pack);
        VoiceModel there = fixture.loader().load(pack, Placement.PREFERRED)) {
      float[] expected = speak(here, text, () -> Pace.of(16));
      Rendering rendering = render(there, text);
      List<float[]> parts = new ArrayList<>();
      while (!rendering.isFinished()) {
        parts.add(rendering.step(Pace.of(16), new CancellationToken()));
        if (parts.size() == 12) {
          fake.failRuns(0, failure);
          fake.failLoads(0, failure);
        }
      }
      assertEquals(0, Renderings.difference(expected, Renderings.join(parts)), TOLERANCE);
      assertTrue(parts.size() > 20);
      Device now = fixture.accelerators.device();
      assertFalse(now.accelerated());
      assertTrue(now.degraded());
      assertEquals(lost, fixture.accelerators.isLost());
      assertEquals(0, fixture.accelerators.parallelism());
    }
  }

  /// Every call with such a value is refused its windows there; the others do not notice.
  @Test
  void windowThatTheAcceleratorRefusesCostsNobodyElseTheAccelerator() throws Exception {
    Voicepack pack = install(1, "tiny");
    int calls = 12;
    try (VoiceModel here = fixture.load(pack);
        VoiceModel there = fixture.loader().load(pack, Placement.PREFERRED);
        ExecutorService callers = Executors.newFixedThreadPool(calls)) {
      SplittableRandom some = new SplittableRandom(3);
      Set<Float> illegal = ConcurrentHashMap.newKeySet();
      fake.refuse(values -> {
        if (illegal.size() < 20 && values[0] != 0 && some.nextInt(10) == 0) {
          illegal.add(values[0]);
        }
        for (float value : values) {
          if (illegal.contains(value)) {
            return true;
          }
        }
        return false;
      });
      List<Future<float[]>> said = new ArrayList<>();
      for (int call = 0; call < calls; call++) {
        String text = LONG.substring(call);
        said.add(callers.submit(() -> speak(there, text, () -> Pace.of(64))));
      }
      for (int call = 0; call < calls; call++) {
        float[] expected = speak(here, LONG.substring(call), () -> Pace.of(64));
        assertEquals(
            0, Renderings.difference(expected, said.get(call).get()), TOLERANCE, "call " + call);
      }
      assertFalse(illegal.isEmpty(), "nothing was refused");
      assertEquals("cuda:0", fixture.accelerators.device().name());
    }
  }

  @Test
  void errorInARunIsNotHeardAndTheAcceleratorComesBack() throws Exception {
    Voicepack pack = install(1, "tiny");
    try (VoiceModel here = fixture.load(pack);
        VoiceModel there = fixture.loader().load(pack, Placement.PREFERRED)) {
      float[] expected = speak(here, LONG, () -> Pace.of(16));
      BlockingQueue<Device> changes = new LinkedBlockingQueue<>();
      fixture.accelerators.addListener(changes::add);
      // More often than an accelerator has submitters.
      for (int i = 0; i < 3; i++) {
        fake.throwInRuns(new OutOfMemoryError("Cannot reserve direct buffer memory"));
        assertEquals(
            0, Renderings.difference(expected, speak(there, LONG, () -> Pace.of(16))), TOLERANCE);
        assertEquals("cpu", changes.take().name());
        fake.heal(0);
        assertEquals("cuda:0", changes.take().name());
        fake.forgetRuns();
        assertEquals(
            0, Renderings.difference(expected, speak(there, LONG, () -> Pace.of(16))), TOLERANCE);
        assertFalse(fake.runs().isEmpty());
      }
    }
  }

  @Test
  void acceleratorIsUsedAgainWhenItsSessionsOpenAnew() throws Exception {
    Voicepack pack = install(1, "tiny");
    try (VoiceModel there = fixture.loader().load(pack, Placement.PREFERRED)) {
      BlockingQueue<Device> changes = new LinkedBlockingQueue<>();
      fixture.accelerators.addListener(changes::add);
      fake.failRuns(0, OUT_OF_MEMORY);
      float[] _ = speak(there, LONG, () -> Pace.of(64));
      Device failed = changes.take();
      assertEquals("cpu", failed.name());
      assertEquals("cuda:0 failed: CUDA out of memory", failed.reason());
      int before = fake.loads();
      fake.heal(0);
      assertEquals("cuda:0", changes.take().name());
      assertTrue(fake.loads() > before);
      fake.forgetRuns();
      float[] _ = speak(there, LONG, () -> Pace.of(64));
      assertFalse(fake.runs().isEmpty());
    }
  }

  @Test
  void severalAcceleratorsShareTheWorkAndOneIsEnough() throws Exception {
    Voicepack pack = install(2, "tiny");
    try (VoiceModel here = fixture.load(pack);
        VoiceModel there = fixture.loader().load(pack, Placement.PREFERRED);
        ExecutorService callers = Executors.newFixedThreadPool(8)) {
      assertEquals("cuda:0,cuda:1", there.description().device());
      fake.forgetRuns();
      List<Future<float[]>> said = new ArrayList<>();
      for (int call = 0; call < 24; call++) {
        said.add(callers.submit(() -> speak(there, LONG, () -> Pace.of(16))));
      }
      for (Future<float[]> one : said) {
        assertTrue(one.get().length > 0);
      }
      Set<Integer> used = new HashSet<>();
      fake.runs().forEach(run -> used.add(run.id()));
      assertEquals(Set.of(0, 1), used);
      fake.failRuns(0, OUT_OF_MEMORY);
      fake.failLoads(0, OUT_OF_MEMORY);
      float[] expected = speak(here, LONG, () -> Pace.of(16));
      while (fixture.accelerators.device().ids().size() > 1) {
        float[] joined = speak(there, LONG, () -> Pace.of(16));
        assertEquals(0, Renderings.difference(expected, joined), TOLERANCE);
      }
      assertEquals("cuda:1", fixture.accelerators.device().name());
      fake.forgetRuns();
      float[] _ = speak(there, LONG, () -> Pace.of(16));
      assertTrue(fake.runs().stream().allMatch(run -> run.id() == 1));
      assertFalse(fake.runs().isEmpty());
    }
  }

  @Test
  void noRoomAtTheLoadIsReportedAndLeavesNothingOpen() {
    Voicepack pack = install(2, "tiny");
    int before = fake.loadedGraphs();
    fake.failLoads(1, "The runtime cannot load flow.onnx: CUDA out of memory");
    WorkerException thrown =
        assertThrows(
            WorkerException.class, () -> fixture.loader().load(pack, Placement.PREFERRED).close());
    assertEquals(ErrorCode.MODEL_LOAD_FAILED, thrown.code());
    assertTrue(thrown.getMessage().contains("CUDA out of memory"), thrown.getMessage());
    // One that was being opened in the background is closed there.
    while (fake.loadedGraphs() > before) {
      Polling.pause();
    }
    Device claimed = fixture.accelerators.device();
    assertEquals("cuda:0", claimed.name());
    assertEquals("cuda:1 failed: CUDA out of memory", claimed.reason());
    assertTrue(claimed.degraded());
  }

  /// A device that is claimed is one that computes.
  @Test
  void deviceThatNoVoiceCouldBeOpenedOnIsNotClaimed() {
    Voicepack pack = install(1, "tiny");
    fake.failLoads(0, "The runtime cannot load flow.onnx: CUDA out of memory");
    assertThrows(
        WorkerException.class, () -> fixture.loader().load(pack, Placement.PREFERRED).close());
    Device none = fixture.accelerators.device();
    assertEquals("cpu", none.name());
    assertEquals("cuda:0 failed: CUDA out of memory", none.reason());
    assertEquals(0, fixture.accelerators.parallelism());
    fake.heal(0);
    try (VoiceModel _ = fixture.loader().load(pack, Placement.PREFERRED)) {
      Device again = fixture.accelerators.device();
      assertEquals("cuda:0", again.name());
      assertFalse(again.degraded());
      assertTrue(fixture.accelerators.parallelism() > 0);
    }
  }

  @Test
  void closedVoiceLeavesNothingOpen() {
    Voicepack pack = install(1, "tiny");
    int before = fake.loadedGraphs();
    VoiceModel there = fixture.loader().load(pack, Placement.PREFERRED);
    float[] _ = speak(there, LONG, () -> Pace.of(64));
    there.close();
    // Sessions that are being opened meanwhile are closed at once.
    fixture.accelerators.close();
    assertEquals(before, fake.loadedGraphs());
    assertEquals(0, fake.borrowedBuffers());
  }

  /// With the noise that a seed gives.
  private static Rendering render(VoiceModel voice, String text) {
    RandomGenerator noise = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
    return voice.render(text, VoiceSettings.DEFAULTS, noise);
  }

  private interface Paces {
    Pace next();
  }

  private static float[] speak(VoiceModel voice, String text, Paces paces) {
    Rendering rendering = render(voice, text);
    List<float[]> parts = new ArrayList<>();
    while (!rendering.isFinished()) {
      parts.add(rendering.step(paces.next(), new CancellationToken()));
    }
    return Renderings.join(parts);
  }
}
