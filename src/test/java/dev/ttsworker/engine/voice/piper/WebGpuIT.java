package dev.ttsworker.engine.voice.piper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ttsworker.config.EngineSettings;
import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.Device;
import dev.ttsworker.engine.VoiceLoader.Placement;
import dev.ttsworker.engine.VoiceSettings;
import dev.ttsworker.engine.runtime.DeviceShapes;
import dev.ttsworker.engine.runtime.FakeAccelerators;
import dev.ttsworker.engine.runtime.OrtRuntime;
import dev.ttsworker.engine.runtime.Runtimes;
import dev.ttsworker.engine.runtime.gpu.Accelerators;
import dev.ttsworker.engine.voice.Pace;
import dev.ttsworker.engine.voice.Rendering;
import dev.ttsworker.engine.voice.Renderings;
import dev.ttsworker.engine.voice.VoiceModel;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.fixture.NativeHeap;
import dev.ttsworker.fixture.Polling;
import dev.ttsworker.voicepack.Voicepack;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A voice on a real second execution provider: WebGPU on software that stands in for a GPU. It
/// needs the provider's library (TTS_WEBGPU_LIBRARY) and a Vulkan device that it accepts.
@Timeout(value = 5, unit = java.util.concurrent.TimeUnit.MINUTES)
final class WebGpuIT {
  /// Another order of additions than the CPU's; a step of 16 bits is 3e-5.
  private static final float BOUND = 1e-4f;

  /// Two batch sizes of four widths of three stages: those that are computed soon enough.
  private static final int SESSIONS = 8;

  private static final String LIBRARY = "TTS_WEBGPU_LIBRARY";
  private static final String TEXT = "a sentence that goes";

  @TempDir Path folder;

  @Test
  void voiceOnAnotherExecutionProviderSoundsAsOnTheCpu() throws Exception {
    FakeAccelerators gpu = FakeAccelerators.of(runtime(), new DeviceShapes(List.of(1, 2), 150));
    assertEquals("webgpu:0", gpu.device().name(), gpu.device().reason());
    PiperFixture fixture = new PiperFixture(folder, gpu);
    Voicepack pack = fixture.install("tiny");
    try (VoiceModel here = fixture.load(pack)) {
      float[] expected = speak(render(here));
      Opening opening = new Opening(gpu);
      try (VoiceModel there = fixture.loader().load(pack, Placement.PREFERRED)) {
        opening.tell("before the voice is loaded");
        assertEquals("webgpu:0", there.description().device());
        while (gpu.loads() < SESSIONS) {
          Polling.pause();
        }
        opening.tell("in the background too");
        callsAtOnce(gpu, expected, there);
        cancelled(fixture.accelerators, there);
        failsAndComesBack(gpu, fixture, expected, there);
      }
    } finally {
      fixture.accelerators.close();
    }
    assertEquals(0, gpu.loadedGraphs());
    assertEquals(0, gpu.borrowedBuffers());
  }

  /// What opening sessions takes: printed, since it depends on the machine.
  private static final class Opening {
    private final FakeAccelerators gpu;
    private final int loads;
    private final long nanos = System.nanoTime();
    private final long bytes = NativeHeap.bytesInUse();

    Opening(FakeAccelerators gpu) {
      this.gpu = gpu;
      this.loads = gpu.loads();
    }

    void tell(String when) {
      System.out.printf(
          "WebGPU sessions opened %s: %d in %.1f s, %d MiB%n",
          when,
          gpu.loads() - loads,
          (System.nanoTime() - nanos) / 1e9,
          (NativeHeap.bytesInUse() - bytes) >> 20);
    }
  }

  private static OrtRuntime runtime() {
    String library = System.getenv(LIBRARY);
    boolean required = System.getenv("TTS_REQUIRE_WEBGPU") != null;
    assumeTrue(required || library != null, LIBRARY + " is not set");
    assertTrue(library != null, LIBRARY + " is not set");
    return new OrtRuntime(
        Runtimes.settings(EngineSettings.Device.WEBGPU_SOFTWARE, 2, Optional.of(Path.of(library))),
        Optional.empty());
  }

  private static void callsAtOnce(FakeAccelerators gpu, float[] expected, VoiceModel there)
      throws Exception {
    gpu.forgetRuns();
    try (ExecutorService callers = Executors.newFixedThreadPool(3)) {
      List<Future<float[]>> said = new ArrayList<>();
      for (int call = 0; call < 3; call++) {
        said.add(callers.submit(() -> speak(render(there))));
      }
      for (Future<float[]> one : said) {
        compare("of three calls", expected, one.get());
      }
    }
    assertTrue(gpu.runs().stream().anyMatch(run -> run.batch() > 1), "no batches");
  }

  private static void cancelled(Accelerators accelerators, VoiceModel there) {
    CancellationToken cancel = new CancellationToken();
    Rendering rendering = render(there);
    float[] first = {};
    while (first.length == 0) {
      first = rendering.step(Pace.of(16), cancel);
    }
    cancel.cancel();
    WorkerException thrown =
        assertThrows(WorkerException.class, () -> rendering.step(Pace.of(16), cancel));
    assertEquals(ErrorCode.CALL_CANCELLED, thrown.code());
    assertEquals("webgpu:0", accelerators.device().name());
  }

  /// A session is closed under a run: the sentence goes on with the CPU, and the next one is on the
  /// device again. [AcceleratedVoiceTest] has other failures.
  private static void failsAndComesBack(
      FakeAccelerators gpu, PiperFixture fixture, float[] expected, VoiceModel there)
      throws InterruptedException {
    BlockingQueue<Device> changes = new LinkedBlockingQueue<>();
    fixture.accelerators.addListener(changes::add);
    Rendering rendering = render(there);
    List<float[]> parts = new ArrayList<>();
    while (!rendering.isFinished()) {
      parts.add(rendering.step(Pace.of(16), new CancellationToken()));
      if (parts.size() == 2) {
        gpu.closeNextSession();
      }
    }
    compare("over the failure", expected, Renderings.join(parts));
    gpu.heal(0);
    while (!fixture.accelerators.device().accelerated()) {
      Device _ = changes.take();
    }
    gpu.forgetRuns();
    compare("after the failure", expected, speak(render(there)));
    assertFalse(gpu.runs().isEmpty());
  }

  private static Rendering render(VoiceModel voice) {
    return voice.render(TEXT, VoiceSettings.DEFAULTS, new SplittableRandom(7));
  }

  private static float[] speak(Rendering rendering) {
    return Renderings.speak(rendering, () -> 64);
  }

  private static void compare(String when, float[] expected, float[] said) {
    assertEquals(expected.length, said.length, when);
    float difference = Renderings.difference(expected, said);
    System.out.printf("WebGPU %s: largest difference to the CPU %.1e%n", when, difference);
    assertTrue(difference <= BOUND, when + ": " + difference);
  }
}
