package dev.ttsworker.engine.voice.kokoro;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.Device;
import dev.ttsworker.engine.VoiceLoader.Placement;
import dev.ttsworker.engine.VoiceSettings;
import dev.ttsworker.engine.runtime.FakeAccelerators;
import dev.ttsworker.engine.runtime.Runtimes;
import dev.ttsworker.engine.voice.Pace;
import dev.ttsworker.engine.voice.Rendering;
import dev.ttsworker.engine.voice.Renderings;
import dev.ttsworker.engine.voice.VoiceModel;
import dev.ttsworker.engine.voice.VoicePair;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Sentences on accelerators that the CPU plays: they are what they are on the CPU.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("slow")
final class AcceleratedKokoroTest {
  private static final String SENTENCE = "ðə kwˈɪk bɹˈWn fˈɑks ʤˈʌmps ˈOvəɹ ðə lˈAzi dˈɔɡ.";
  private static final String TEXT = SENTENCE + "\nhəlˈO.\n" + SENTENCE;
  private static final String OUT_OF_MEMORY = "CUDA failure 2: out of memory ; GPU=0";

  @TempDir Path folder;
  private final FakeAccelerators fake = new FakeAccelerators(Runtimes.cpu(2), 1);

  @Test
  void sentencesAreWhatTheyAreOnTheCpuOneAtATime() throws Exception {
    try (VoicePair voices = TinyKokoro.pair(folder, fake);
        ExecutorService callers = Executors.newFixedThreadPool(4)) {
      assertEquals("cpu", voices.here().description().device());
      assertEquals("cuda:0", voices.there().description().device());
      assertEquals(1, fake.loads());
      fake.forgetRuns();
      List<Future<float[]>> said = new ArrayList<>();
      for (int call = 0; call < 4; call++) {
        said.add(callers.submit(() -> speak(voices.there())));
      }
      float[] expected = speak(voices.here());
      for (Future<float[]> one : said) {
        assertArrayEquals(expected, one.get());
      }
      assertEquals(4 * 3, fake.runs().size());
      assertTrue(fake.runs().stream().allMatch(run -> run.batch() == 1));
    }
    assertEquals(0, fake.loadedGraphs());
  }

  @Test
  void failureInTheMiddleIsNotHeardAndTheAcceleratorComesBack() throws Exception {
    try (VoicePair voices = TinyKokoro.pair(folder, fake)) {
      float[] expected = speak(voices.here());
      BlockingQueue<Device> changes = new LinkedBlockingQueue<>();
      voices.accelerators().addListener(changes::add);
      Rendering rendering = render(voices.there());
      List<float[]> parts = new ArrayList<>();
      parts.add(rendering.step(Pace.of(16), new CancellationToken()));
      fake.failRuns(0, OUT_OF_MEMORY);
      while (!rendering.isFinished()) {
        parts.add(rendering.step(Pace.of(16), new CancellationToken()));
      }
      assertArrayEquals(expected, Renderings.join(parts));
      assertEquals("cuda:0 failed: CUDA out of memory", changes.take().reason());
      fake.heal(0);
      assertEquals("cuda:0", changes.take().name());
      fake.forgetRuns();
      assertArrayEquals(expected, speak(voices.there()));
      assertFalse(fake.runs().isEmpty());
    }
  }

  @Test
  void cancelledCallEnds() {
    try (VoicePair voices = TinyKokoro.pair(folder, fake)) {
      CancellationToken cancel = new CancellationToken();
      Rendering rendering = render(voices.there());
      float[] _ = rendering.step(Pace.of(16), cancel);
      cancel.cancel();
      WorkerException thrown =
          assertThrows(WorkerException.class, () -> rendering.step(Pace.of(16), cancel));
      assertEquals(ErrorCode.CALL_CANCELLED, thrown.code());
    }
  }

  /// With the right names and shapes.
  @Test
  void acceleratorThatComputesSomethingElseIsNotUsed() {
    KokoroFixture fixture = new KokoroFixture(folder, fake);
    Path voice = fixture.copy(KokoroFixture.TINY);
    fake.louder(10);
    WorkerException thrown = assertThrows(WorkerException.class, () -> fixture.load(voice));
    assertEquals(ErrorCode.MODEL_LOAD_FAILED, thrown.code());
    assertTrue(thrown.getMessage().startsWith("wrong results: sentence"), thrown.getMessage());
    assertFalse(fixture.accelerators.device().accelerated());
    assertTrue(fixture.accelerators.device().reason().contains("wrong results"));
    try (VoiceModel here = fixture.load(voice, Placement.CPU)) {
      assertTrue(speak(here).length > 0);
    }
    fixture.accelerators.close();
    assertEquals(0, fake.loadedGraphs());
  }

  private static Rendering render(VoiceModel voice) {
    return voice.render(TEXT, VoiceSettings.DEFAULTS, new SplittableRandom(7));
  }

  private static float[] speak(VoiceModel voice) {
    return Renderings.speak(render(voice), () -> 64);
  }
}
