package dev.ttsworker.engine.runtime.gpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.Device;
import dev.ttsworker.engine.runtime.FloatTensor;
import dev.ttsworker.engine.runtime.FrameSlice;
import dev.ttsworker.engine.runtime.Tensor;
import dev.ttsworker.engine.runtime.gpu.DeviceStage.Position;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.fixture.Polling;
import dev.ttsworker.voices.FakeTimer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A stage whose accelerators may not answer, or not in time.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class DeviceStageTest {
  private static final Duration NEVER = Duration.ofMinutes(5);

  /// For a driver that hangs until the test ends it.
  private static final Duration SHORT = Duration.ofMillis(150);

  @TempDir Path folder;
  private final FakeTimer timer = new FakeTimer();
  private final Semaphore turns = new Semaphore(0);
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Device> changes = new ArrayList<>();
  private FakeDevice device = new FakeDevice();
  private Accelerators accelerators = accelerators(device, NEVER, NEVER);
  private Accelerator first = accelerators.earliest().orElseThrow();

  private Accelerators accelerators(FakeDevice on, Duration batch, Duration opening) {
    Accelerators made =
        new Accelerators(
            on,
            new GpuServices(
                () -> 0,
                Thread.ofPlatform().daemon().factory(),
                new SameThread(),
                timer,
                new TimeLimits(batch, opening, NEVER)));
    made.addListener(changes::add);
    return made;
  }

  private DeviceStage open() {
    return accelerators.open(FakeDevice.SPEC, model());
  }

  private Path model() {
    return folder.resolve("stage.onnx");
  }

  @BeforeEach
  void write() throws Exception {
    Files.write(model(), new byte[1000]);
  }

  @AfterEach
  void closeLeavesNothingOpen() {
    turns.release(10_000);
    accelerators.close();
    callers.shutdownNow();
    while (device.loadedGraphs() > 0) {
      Polling.pause();
    }
    assertEquals(0, device.faults());
  }

  private void use(FakeDevice other, Duration batch, Duration opening) {
    accelerators.close();
    device = other;
    accelerators = accelerators(device, batch, opening);
    first = accelerators.earliest().orElseThrow();
  }

  private void awaitAnswers() {
    while (!first.isResponsive()) {
      Polling.pause();
    }
  }

  private static Optional<FloatBuffer> run(DeviceStage stage, CancellationToken cancel) {
    return stage.run(
        new FrameSlice(new float[] {3, 4}, 1, 2, 0, 2),
        new Position(false, false),
        Map.of(),
        0,
        cancel);
  }

  private void awaitRuns(int count) {
    while (device.runs().size() < count) {
      Polling.pause();
    }
  }

  /// Runs wait for the test from now on.
  private void hang() {
    device.forgetRuns();
    device.onRun = _ -> turns.acquireUninterruptibly();
  }

  @Test
  void hangingDeviceIsLeftAsideAndItsLateAnswerIgnored() throws Exception {
    use(new FakeDevice(), SHORT, NEVER);
    DeviceStage stage = open();
    hang();
    assertEquals(Optional.empty(), run(stage, new CancellationToken()));
    assertEquals("cpu", accelerators.device().name());
    assertEquals("cuda:0 failed: no answer within 150 ms", accelerators.device().reason());
    assertFalse(accelerators.isLost());
    int open = device.loadedGraphs();
    int loads = device.loads();
    timer.advance(Duration.ofSeconds(1));
    assertEquals(loads, device.loads(), "opened beside a run that has not come back");
    stage.close();
    assertEquals(open, device.loadedGraphs(), "freed what a run still uses");
    assertThrows(WorkerException.class, () -> open().close());
    turns.release(1);
    awaitAnswers();
    assertEquals(0, device.loadedGraphs());
  }

  @Test
  void deviceThatComesBackIsUsedAgain() throws Exception {
    use(new FakeDevice(), SHORT, NEVER);
    DeviceStage stage = open();
    hang();
    assertEquals(Optional.empty(), run(stage, new CancellationToken()));
    device.onRun = _ -> {};
    timer.advance(Duration.ofSeconds(1));
    assertFalse(accelerators.device().accelerated());
    turns.release(1);
    awaitAnswers();
    timer.advance(Duration.ofSeconds(2));
    assertTrue(accelerators.device().accelerated());
    assertFalse(accelerators.isLost());
    assertArrayEquals(
        new float[] {3, 4}, run(stage, new CancellationToken()).orElseThrow().array());
  }

  @Test
  void deviceThatDoesNotComeBackNeedsANewProcess() {
    use(new FakeDevice(), SHORT, NEVER);
    DeviceStage stage = open();
    hang();
    assertEquals(Optional.empty(), run(stage, new CancellationToken()));
    timer.advance(Duration.ofSeconds(62));
    assertFalse(accelerators.isLost());
    timer.advance(Duration.ofSeconds(1));
    assertTrue(accelerators.isLost());
    assertEquals(2, changes.size());
    assertEquals(0, timer.pending());
  }

  @Test
  void runThatHangsIsAskedToEnd() {
    use(new FakeDevice(), SHORT, NEVER);
    DeviceStage stage = open();
    device.onRun =
        run -> {
          Semaphore asked = new Semaphore(0);
          try (CancellationToken.Registration _ = run.stop().onCancel(asked::release)) {
            asked.acquire();
            throw FakeDevice.failure("Exiting due to terminate flag being set to true.");
          }
        };
    assertEquals(Optional.empty(), run(stage, new CancellationToken()));
    assertEquals("cuda:0 failed: no answer within 150 ms", accelerators.device().reason());
    awaitAnswers();
    device.onRun = _ -> {};
    timer.advance(Duration.ofSeconds(1));
    assertTrue(accelerators.device().accelerated());
  }

  /// Both submitters hang, more wait behind them: nobody waits for ever, other devices go on.
  @Test
  void everyCallerBehindAHangingDeviceIsAnswered() throws Exception {
    use(new FakeDevice(2, 0), SHORT, NEVER);
    DeviceStage stage = open();
    device.forgetRuns();
    device.onRun =
        run -> {
          if (run.id() == 0) {
            turns.acquireUninterruptibly();
          }
        };
    List<Future<Optional<FloatBuffer>>> answers = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      answers.add(callers.submit(() -> run(stage, new CancellationToken())));
    }
    for (Future<Optional<FloatBuffer>> answer : answers) {
      Optional<FloatBuffer> _ = answer.get();
    }
    while (accelerators.device().ids().contains(0)) {
      Optional<FloatBuffer> _ = run(stage, new CancellationToken());
    }
    assertEquals("cuda:1", accelerators.device().name());
    assertTrue(run(stage, new CancellationToken()).isPresent());
  }

  @Test
  void busyDeviceIsNotBlamedForARowThatHasToWait() {
    use(new FakeDevice(), SHORT, NEVER);
    DeviceStage stage = open();
    Replica other =
        first.open(FakeDevice.WORK, FakeDevice.REFERENCE, 0, limit -> device.load(0, limit));
    hang();
    List<BatchItem> running = new ArrayList<>();
    for (int i = 1; i <= 2; i++) {
      BatchItem item = FakeDevice.item(other, 16, 0);
      running.add(item);
      first.submit(item);
      awaitRuns(i);
    }
    assertEquals(Optional.empty(), run(stage, new CancellationToken()));
    assertTrue(accelerators.device().accelerated());
    turns.release(2);
    for (BatchItem item : running) {
      assertArrayEquals(new float[2], item.output().join());
    }
  }

  @Test
  void cancelledCallerDoesNotWaitForTheRun() throws Exception {
    DeviceStage stage = open();
    hang();
    CancellationToken cancel = new CancellationToken();
    Future<Optional<FloatBuffer>> caller = callers.submit(() -> run(stage, cancel));
    awaitRuns(1);
    cancel.cancel();
    WorkerException thrown =
        assertInstanceOf(
            WorkerException.class, assertThrows(ExecutionException.class, caller::get).getCause());
    assertEquals(ErrorCode.CALL_CANCELLED, thrown.code());
    turns.release(1);
    device.onRun = _ -> {};
    assertTrue(run(stage, new CancellationToken()).isPresent());
    assertTrue(accelerators.device().accelerated());
  }

  @Test
  void openingThatHangsEndsAndIsClosedWhenItComesBack() {
    use(new FakeDevice(), NEVER, SHORT);
    device.onLoad = _ -> turns.acquireUninterruptibly();
    WorkerException thrown = assertThrows(WorkerException.class, () -> open().close());
    assertEquals(ErrorCode.MODEL_LOAD_FAILED, thrown.code());
    assertInstanceOf(TimeoutException.class, thrown.getCause());
    assertFalse(accelerators.device().accelerated());
    assertFalse(accelerators.isLost(), "it never worked");
    int loads = device.loads();
    assertThrows(WorkerException.class, () -> open().close());
    assertEquals(loads, device.loads());
    turns.release(1);
    awaitAnswers();
    assertEquals(0, device.loadedGraphs());
  }

  @Test
  void openingAnewThatHangsEndsInALostDevice() {
    use(new FakeDevice(), NEVER, SHORT);
    DeviceStage stage = open();
    device.onRun =
        _ -> {
          throw FakeDevice.failure("CUDA failure 801: operation not supported");
        };
    assertEquals(Optional.empty(), run(stage, new CancellationToken()));
    device.onRun = _ -> {};
    device.onLoad = _ -> turns.acquireUninterruptibly();
    timer.advance(Duration.ofSeconds(1));
    assertTrue(accelerators.isLost());
  }

  /// A provider may report success and compute something else.
  @ParameterizedTest
  @ValueSource(doubles = {-1, 0, 0.5, 1.2, Double.NaN})
  void deviceWithWrongResultsIsNotUsed(double factor) {
    device.makes = value -> (float) (factor * value);
    WorkerException thrown = assertThrows(WorkerException.class, this::open);
    assertEquals(ErrorCode.MODEL_LOAD_FAILED, thrown.code());
    assertTrue(
        thrown.getMessage().startsWith("wrong results: test for 1 windows of 2 differs"),
        thrown.getMessage());
    assertTrue(accelerators.device().reason().contains("wrong results"));
    assertFalse(accelerators.device().accelerated());
    assertEquals(0, device.loadedGraphs());
  }

  @Test
  void deviceThatRoundsOtherwiseIsUsed() {
    device.makes = value -> value * 1.001f;
    open().close();
    assertTrue(accelerators.device().accelerated());
  }

  /// What cannot be an item of a batch never reaches one.
  @Test
  void windowOfAnotherShapeIsComputedElsewhere() {
    DeviceStage stage =
        accelerators.open(
            new StageSpec(
                "test",
                "in",
                1,
                Optional.empty(),
                Map.of("speaker", TensorShape.of(1, 4, 1)),
                "out",
                TensorShape.of(1, 1, 1),
                FakeDevice.SPEC.widths(),
                FakeDevice.SPEC.nodes()),
            model());
    device.forgetRuns();
    FloatTensor good = new FloatTensor(new float[4], 1, 4, 1);
    FrameSlice window = new FrameSlice(new float[2], 1, 2, 0, 2);
    FrameSlice two = new FrameSlice(new float[4], 2, 2, 0, 2);
    assertTrue(runWith(stage, window, Map.of("speaker", good)).isPresent());
    assertEquals(1, device.runs().size());
    for (Map<String, Tensor> wrong :
        List.<Map<String, Tensor>>of(
            Map.of(),
            Map.of("speaker", new FloatTensor(new float[5], 1, 5, 1)),
            Map.of("speaker", new FloatTensor(new float[0], 1, 0, 1)))) {
      assertEquals(Optional.empty(), runWith(stage, window, wrong));
    }
    assertEquals(Optional.empty(), runWith(stage, two, Map.of("speaker", good)));
    assertEquals(1, device.runs().size());
  }

  private static Optional<FloatBuffer> runWith(
      DeviceStage stage, FrameSlice window, Map<String, Tensor> conditions) {
    return stage.run(window, new Position(false, false), conditions, 0, new CancellationToken());
  }

  @Test
  void listenerThatThrowsDoesNotKeepTheOthersFromHearing() {
    accelerators.addListener(_ -> {
      throw new LinkageError("broken");
    });
    ConcurrentLinkedQueue<Device> heard = new ConcurrentLinkedQueue<>();
    accelerators.addListener(heard::add);
    DeviceStage stage = open();
    device.onRun =
        _ -> {
          throw FakeDevice.failure("CUDA failure 2: out of memory");
        };
    assertEquals(Optional.empty(), run(stage, new CancellationToken()));
    assertEquals("cuda:0 failed: CUDA out of memory", heard.remove().reason());
    device.onRun = _ -> {};
    timer.advance(Duration.ofSeconds(1));
    assertTrue(heard.remove().accelerated());
  }

  @Test
  void oneOfSeveralThatCannotOpenLeavesNothingOpen() {
    use(new FakeDevice(3, 0), NEVER, NEVER);
    device.onLoad =
        run -> {
          if (run.id() == 2) {
            throw new OutOfMemoryError("unable to create native thread");
          }
        };
    assertThrows(OutOfMemoryError.class, () -> open().close());
    assertEquals(0, device.loadedGraphs());
  }
}
