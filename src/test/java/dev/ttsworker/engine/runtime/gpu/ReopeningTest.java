package dev.ttsworker.engine.runtime.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.runtime.FrameSlice;
import dev.ttsworker.engine.runtime.gpu.DeviceStage.Position;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.fixture.Polling;
import dev.ttsworker.voices.FakeTimer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Stages come and go, run, fail, are opened anew and closed, all at once and in any order: in the
/// end nothing is open, nothing was closed under a run or twice, and every run was answered.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("slow")
final class ReopeningTest {
  private static final String[] FAILURES = {
    "CUDA failure 2: out of memory",
    "CUDNN failure 4000: CUDNN_STATUS_INTERNAL_ERROR",
    "ORT_INVALID_ARGUMENT: Got invalid dimensions",
    "Non-zero status code"
  };

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void everythingThatIsOpenedIsClosed(long seed) throws Exception {
    FakeDevice device = new FakeDevice(2, seed % 2 == 0 ? 100_000 : 0);
    FakeTimer timer = new FakeTimer();
    Path model = Files.write(folder.resolve("stage.onnx"), new byte[100]);
    Accelerators accelerators =
        new Accelerators(
            device,
            new GpuServices(
                System::nanoTime,
                Thread.ofPlatform().daemon().factory(),
                new SameThread(),
                timer,
                TimeLimits.DEFAULT));
    try (ExecutorService users = Executors.newFixedThreadPool(6)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        SplittableRandom random = new SplittableRandom(100 * seed + i);
        all.add(users.submit(() -> use(accelerators, model, random)));
      }
      all.add(users.submit(() -> disturb(device, timer, new SplittableRandom(seed))));
      for (Future<?> one : all) {
        one.get();
      }
    }
    device.onRun = _ -> {};
    device.onLoad = _ -> {};
    accelerators.close();
    timer.advance(Duration.ofMinutes(2));
    while (device.loadedGraphs() > 0) {
      Polling.pause();
    }
    assertEquals(0, device.faults(), "seed " + seed);
  }

  private static void use(Accelerators accelerators, Path model, SplittableRandom random) {
    for (int i = 0; i < 40; i++) {
      try (DeviceStage stage = accelerators.open(FakeDevice.SPEC, model)) {
        for (int run = random.nextInt(20); run > 0; run--) {
          var _ =
              stage.run(
                  new FrameSlice(new float[] {1, 2}, 1, 2, 0, 2),
                  new Position(false, false),
                  Map.of(),
                  random.nextLong(1_000),
                  new CancellationToken());
        }
      } catch (WorkerException cannotOpen) {
        Polling.pause();
      }
    }
  }

  private static void disturb(FakeDevice device, FakeTimer timer, SplittableRandom random) {
    for (int i = 0; i < 200; i++) {
      String failure = FAILURES[random.nextInt(FAILURES.length)];
      int which = random.nextInt(2);
      FakeDevice.Hook failing =
          run -> {
            if (run.id() == which) {
              throw FakeDevice.failure(failure);
            }
          };
      device.onRun = random.nextInt(3) == 0 ? failing : _ -> {};
      device.onLoad = random.nextInt(6) == 0 ? failing : _ -> {};
      timer.advance(Duration.ofMillis(random.nextInt(3_000)));
    }
  }
}
