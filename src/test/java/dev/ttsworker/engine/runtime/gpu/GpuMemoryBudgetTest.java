package dev.ttsworker.engine.runtime.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.runtime.DeviceShapes;
import dev.ttsworker.engine.runtime.FrameSlice;
import dev.ttsworker.engine.runtime.gpu.DeviceStage.Position;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `engine.gpu_mem_limit_mb` is for a GPU, whatever number of sessions is on it.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class GpuMemoryBudgetTest {
  private static final List<Integer> BATCHES = DeviceShapes.upTo(16).batches();

  private static final int MODEL_BYTES = 1000;

  @TempDir Path folder;
  private final FakeTimer timer = new FakeTimer();
  private FakeDevice device = new FakeDevice();
  private Accelerators accelerators = accelerators();

  private Accelerators accelerators() {
    return new Accelerators(
        device,
        new GpuServices(
            System::nanoTime,
            Thread.ofPlatform().daemon().factory(),
            new SameThread(),
            timer,
            TimeLimits.DEFAULT));
  }

  /// What a session needs grows with its batch and width, as activations do.
  private void limit(long bytes) {
    accelerators.close();
    device = new FakeDevice(1, bytes);
    device.needs = run -> MODEL_BYTES + 700L * run.batch() * run.width();
    accelerators = accelerators();
  }

  @AfterEach
  void close() {
    accelerators.close();
    assertEquals(0, device.loadedGraphs());
    assertEquals(0, device.faults());
  }

  private DeviceStage open(Integer... widths) throws Exception {
    Path model = Files.write(folder.resolve("stage.onnx"), new byte[MODEL_BYTES]);
    return accelerators.open(FakeDevice.spec(widths), model);
  }

  private static long needed(int... widths) {
    long sum = 0;
    for (int width : widths) {
      for (int batch : BATCHES) {
        sum += MODEL_BYTES + 700L * batch * width;
      }
    }
    return sum;
  }

  @Test
  void sharesOfAllSessionsTogetherStayWithinTheLimit() throws Exception {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 30; i++) {
      long limit = random.nextLong(1_000, i % 2 == 0 ? 20_000 : 3 * needed(2, 5, 9));
      limit(limit);
      boolean opened = true;
      try (DeviceStage _ = open(2, 5, 9)) {
        assertTrue(device.loadedGraphs() == 9 || limit < 2 * needed(2, 5, 9), "with " + limit);
      } catch (WorkerException e) {
        opened = false;
        assertEquals(ErrorCode.MODEL_LOAD_FAILED, e.code());
        assertTrue(e.getMessage().contains("CUDA out of memory"), e.getMessage());
        assertTrue(e.getMessage().contains("engine.gpu_mem_limit_mb"), e.getMessage());
      }
      assertEquals(0, device.loadedGraphs());
      assertTrue(device.mostClaimed() <= limit, limit + " < " + device.mostClaimed());
      // A share is at most twice what is needed.
      long first = MODEL_BYTES + 700L * 9;
      assertTrue(opened || limit < 2 * first, "refused with " + limit);
      assertFalse(opened && limit < first, "opened with " + limit);
    }
  }

  @Test
  void voicesShareTheLimitAndGiveTheirsBack() throws Exception {
    limit(3 * needed(2) / 2 * 2);
    try (DeviceStage _ = open(2)) {
      assertThrows(
          WorkerException.class,
          () -> {
            try (DeviceStage _ = open(2)) {
              open(2).close();
            }
          });
      assertEquals(3, device.loadedGraphs());
    }
    for (int i = 0; i < 5; i++) {
      open(2).close();
    }
    assertTrue(device.mostClaimed() <= device.acceleratorMemoryBytes());
  }

  @Test
  void whatWasEnoughIsRememberedForTheNextOpening() throws Exception {
    limit(10 * needed(2, 5));
    try (DeviceStage stage = open(2, 5)) {
      assertTrue(device.loads() > 6, "nothing had to be found out");
      device.onRun =
          _ -> {
            throw FakeDevice.failure("CUDA failure 801: operation not supported");
          };
      assertTrue(
          stage
              .run(
                  new FrameSlice(new float[2], 1, 2, 0, 2),
                  new Position(false, false),
                  Map.of(),
                  0,
                  new CancellationToken())
              .isEmpty());
      device.onRun = _ -> {};
      int before = device.loads();
      timer.advance(Duration.ofSeconds(1));
      assertTrue(accelerators.device().accelerated());
      assertEquals(before + 6, device.loads());
    }
  }

  /// Two at once would need twice the memory; the fake counts them as a fault.
  @Test
  void sessionWithAShareRunsOneBatchAtATime() throws Exception {
    limit(10 * needed(2));
    try (DeviceStage stage = open(2);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> answers = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        answers.add(
            callers.submit(() ->
                stage
                    .run(
                        new FrameSlice(new float[2], 1, 2, 0, 2),
                        new Position(false, false),
                        Map.of(),
                        0,
                        new CancellationToken())
                    .isPresent()));
      }
      for (Future<Boolean> answer : answers) {
        assertTrue(answer.get());
      }
    }
  }

  @Test
  void fullDeviceIsNotTakenForALimitThatIsTooLow() throws Exception {
    limit(1L << 40);
    device.needs = _ -> 0;
    device.onRun =
        _ -> {
          throw FakeDevice.failure("CUDA failure 2: out of memory ; GPU=0");
        };
    WorkerException thrown = assertThrows(WorkerException.class, () -> open(2).close());
    assertTrue(thrown.getMessage().startsWith("CUDA failure 2"), thrown.getMessage());
    assertEquals(1, device.loads());
  }

  @Test
  void withoutALimitNoSessionHasOne() throws Exception {
    open(2).close();
    assertEquals(0, device.mostClaimed());
  }
}
