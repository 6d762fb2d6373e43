package dev.ttsworker.engine.voice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ttsworker.config.EngineSettings;
import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.Device;
import dev.ttsworker.engine.VoiceSettings;
import dev.ttsworker.engine.runtime.DeviceShapes;
import dev.ttsworker.engine.runtime.FakeAccelerators;
import dev.ttsworker.engine.runtime.OrtRuntime;
import dev.ttsworker.engine.runtime.Runtimes;
import dev.ttsworker.engine.voice.hibari.TinyHibari;
import dev.ttsworker.engine.voice.kokoro.TinyKokoro;
import dev.ttsworker.engine.voice.piper.TinyPiper;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.fixture.NativeHeap;
import dev.ttsworker.fixture.Polling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Voices on a real second execution provider: WebGPU on software that stands in for a GPU. It
/// needs the provider's library (TTS_WEBGPU_LIBRARY) and a Vulkan device that it accepts.
@Timeout(value = 5, unit = java.util.concurrent.TimeUnit.MINUTES)
@Tag("slow")
final class WebGpuTest {

  /// Of many widths those that are computed soon enough.
  private static final int WIDEST = 150;

  /// Two threads submit, so that the calls behind them share a run.
  private static final int CALLS = 5;

  private static final String LIBRARY = "TTS_WEBGPU_LIBRARY";

  /// The provider can be registered once in a process.
  private static @Nullable OrtRuntime runtime;

  @TempDir Path folder;

  @BeforeAll
  static void open() {
    String library = System.getenv(LIBRARY);
    boolean required = System.getenv("TTS_REQUIRE_WEBGPU") != null;
    assumeTrue(required || library != null, LIBRARY + " is not set");
    assertTrue(library != null, LIBRARY + " is not set");
    runtime =
        new OrtRuntime(
            Runtimes.settings(
                EngineSettings.Device.WEBGPU_SOFTWARE, 2, Optional.of(Path.of(library))),
            Optional.empty());
  }

  /// Four widths of three stages.
  @Test
  void piper() throws Exception {
    Expected expected = new Expected(4, 2, 80, 80, Failure.CLOSED_SESSION);
    soundsAsOnTheCpu("piper", TinyPiper::pair, "a sentence that goes", expected);
  }

  /// Two widths of one stage. Sines may be off by 5e-4 by the standard of the device; the CPU's
  /// decoder is quantized.
  @Test
  void hibari() throws Exception {
    String text = "həlˈO ðɛɹ.";
    soundsAsOnTheCpu(
        "hibari", TinyHibari::pair, text, new Expected(2, 2, 60, 20, Failure.CLOSED_SESSION));
  }

  /// A session for all sentences.
  @Test
  void kokoro() throws Exception {
    String text = "ðə kwˈɪk bɹˈWn.\nhəlˈO.";
    soundsAsOnTheCpu(
        "kokoro", TinyKokoro::pair, text, new Expected(1, 1, 60, 60, Failure.NO_MEMORY));
  }

  /// @param sessions that are opened
  /// @param batch calls that share a run
  /// @param distanceDb least distance to the CPU's sound in dB below it
  /// @param failureDb the same, where the CPU itself has spoken a part
  private record Expected(
      int sessions, int batch, double distanceDb, double failureDb, Failure failure) {}

  /// Loads a voice onto the device and the CPU.
  private interface Loader {
    VoicePair load(Path folder, FakeAccelerators gpu);
  }

  /// Kind of failure in mid-sentence; what becomes of it is not the family's.
  private enum Failure {
    CLOSED_SESSION,
    NO_MEMORY;

    void injectInto(FakeAccelerators gpu) {
      switch (this) {
        case CLOSED_SESSION -> gpu.closeNextSession();
        case NO_MEMORY -> gpu.failRuns(0, "out of memory");
      }
    }
  }

  private void soundsAsOnTheCpu(String family, Loader loader, String text, Expected expected)
      throws Exception {
    FakeAccelerators gpu =
        FakeAccelerators.of(
            Objects.requireNonNull(runtime), new DeviceShapes(List.of(expected.batch()), WIDEST));
    assertEquals("webgpu:0", gpu.device().name(), gpu.device().reason());
    Opening opening = new Opening(family, gpu);
    try (VoicePair voices = loader.load(folder, gpu)) {
      opening.tell("when the voice is loaded");
      assertEquals("webgpu:0", voices.there().description().device());
      while (gpu.loads() < expected.sessions()) {
        Polling.pause();
      }
      opening.tell("with those of the background");
      Scenario scenario = new Scenario(family, gpu, voices, text, expected);
      scenario.speaksCallsAtOnce();
      scenario.isCancelled();
      scenario.fails(expected.failure());
    }
    assertEquals(0, gpu.loadedGraphs());
    assertEquals(0, gpu.borrowedBuffers());
  }

  /// What opening sessions takes: printed, since it depends on the machine.
  private static final class Opening {
    private final String family;
    private final FakeAccelerators gpu;
    private final int loads;
    private final long nanos = System.nanoTime();
    private final long bytes = NativeHeap.bytesInUse();

    Opening(String family, FakeAccelerators gpu) {
      this.family = family;
      this.gpu = gpu;
      this.loads = gpu.loads();
    }

    void tell(String when) {
      System.out.printf(
          "WebGPU %s: sessions open %s: %d in %.1f s, %d MiB%n",
          family,
          when,
          gpu.loads() - loads,
          (System.nanoTime() - nanos) / 1e9,
          (NativeHeap.bytesInUse() - bytes) >> 20);
    }
  }

  /// What happens to a voice on the device.
  private static final class Scenario {
    private final String family;
    private final FakeAccelerators gpu;
    private final VoicePair voices;
    private final String text;
    private final Expected expected;
    private final float[] sound;

    Scenario(
        String family, FakeAccelerators gpu, VoicePair voices, String text, Expected expected) {
      this.family = family;
      this.gpu = gpu;
      this.voices = voices;
      this.text = text;
      this.expected = expected;
      this.sound = speak(voices.here());
    }

    void speaksCallsAtOnce() throws Exception {
      gpu.forgetRuns();
      compare("of one call", speak(voices.there()), expected.distanceDb());
      int alone = gpu.runs().size();
      gpu.forgetRuns();
      try (ExecutorService callers = Executors.newFixedThreadPool(CALLS)) {
        List<Future<float[]>> said = new ArrayList<>();
        for (int call = 0; call < CALLS; call++) {
          said.add(callers.submit(() -> speak(voices.there())));
        }
        for (Future<float[]> one : said) {
          compare("of calls at once", one.get(), expected.distanceDb());
        }
      }
      int together = gpu.runs().size();
      assertEquals(expected.batch() > 1, together < CALLS * alone, together + " runs");
    }

    void isCancelled() {
      CancellationToken cancel = new CancellationToken();
      Rendering rendering = render(voices.there());
      float[] first = {};
      while (first.length == 0) {
        first = rendering.step(Pace.of(16), cancel);
      }
      cancel.cancel();
      WorkerException thrown =
          assertThrows(WorkerException.class, () -> rendering.step(Pace.of(16), cancel));
      assertEquals(ErrorCode.CALL_CANCELLED, thrown.code());
      assertEquals("webgpu:0", voices.accelerators().device().name());
    }

    /// The sentence goes on with the CPU, and the next one is on the device again.
    void fails(Failure failure) throws InterruptedException {
      BlockingQueue<Device> changes = new LinkedBlockingQueue<>();
      voices.accelerators().addListener(changes::add);
      Rendering rendering = render(voices.there());
      List<float[]> parts = new ArrayList<>();
      while (!rendering.isFinished()) {
        boolean silent = Renderings.join(parts).length == 0;
        parts.add(rendering.step(Pace.of(16), new CancellationToken()));
        if (silent && parts.getLast().length > 0) {
          failure.injectInto(gpu);
        }
      }
      compare("over the failure " + failure, Renderings.join(parts), expected.failureDb());
      gpu.heal(0);
      while (!voices.accelerators().device().accelerated()) {
        Device _ = changes.take();
      }
      gpu.forgetRuns();
      compare("after the failure " + failure, speak(voices.there()), expected.distanceDb());
      assertFalse(gpu.runs().isEmpty());
    }

    private Rendering render(VoiceModel voice) {
      return voice.render(text, VoiceSettings.DEFAULTS, new SplittableRandom(7));
    }

    private float[] speak(VoiceModel voice) {
      return Renderings.speak(render(voice), () -> 64);
    }

    private void compare(String when, float[] said, double least) {
      assertEquals(sound.length, said.length, when);
      double distance = Renderings.distanceDb(sound, said);
      System.out.printf(
          "WebGPU %s %s: difference to the CPU %.1e at most, %.0f dB below it%n",
          family, when, Renderings.difference(sound, said), distance);
      assertTrue(distance >= least, when + ": " + distance + " dB");
    }
  }
}
