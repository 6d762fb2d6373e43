package dev.ttsworker.engine.runtime.gpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.Device;
import dev.ttsworker.engine.runtime.DeviceShapes;
import dev.ttsworker.engine.runtime.Graph;
import dev.ttsworker.engine.runtime.gpu.Accelerator.State;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.fixture.Polling;
import dev.ttsworker.voices.FakeTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class AcceleratorTest {
  private static final List<Integer> BATCHES = DeviceShapes.upTo(16).batches();

  private static final ThreadFactory THREADS = Thread.ofPlatform().daemon().factory();
  private static final String BROKEN = "CUDNN failure 4000: CUDNN_STATUS_INTERNAL_ERROR";
  private static final String LOST = "CUDA failure 700: an illegal memory access was encountered";
  private static final TimeLimits LONG =
      new TimeLimits(Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ofMinutes(5));

  private final FakeTimer timer = new FakeTimer();
  private final FakeDevice device = new FakeDevice();
  private final Semaphore turns = new Semaphore(0);
  private volatile FakeDevice.Hook changed = _ -> {};
  private Accelerator accelerator = accelerator(timer);
  private Replica stage = accelerator.open(FakeDevice.WORK, FakeDevice.REFERENCE, 0, this::load);

  private Accelerator accelerator(ScheduledExecutorService with) {
    return new Accelerator(
        Device.Provider.CUDA,
        0,
        DeviceShapes.upTo(16),
        0,
        new GpuServices(() -> 0, THREADS, new SameThread(), with, LONG),
        () -> FakeDevice.call(changed));
  }

  private Graph load(long limit) {
    return device.load(0, limit);
  }

  @BeforeEach
  void forget() {
    device.forgetRuns();
  }

  @AfterEach
  void closeLeavesNothingOpen() {
    turns.release(10_000);
    accelerator.close();
    while (device.loadedGraphs() > 0) {
      Polling.pause();
    }
    assertEquals(0, device.faults());
  }

  private void failRuns(String reason) {
    device.onRun =
        run -> {
          if (!run.isOfZeros()) {
            throw FakeDevice.failure(reason);
          }
        };
  }

  private void failLoads(String reason) {
    device.onLoad =
        _ -> {
          throw new WorkerException(ErrorCode.MODEL_LOAD_FAILED, reason);
        };
  }

  private void heal() {
    device.onRun = _ -> {};
    device.onLoad = _ -> {};
  }

  private void fail(String reason) {
    failRuns(reason);
    assertNotMade(submit(1));
  }

  private static void assertNotMade(CompletableFuture<float[]> answer) {
    while (!answer.isDone()) {
      Polling.pause();
    }
    assertTrue(answer.isCompletedExceptionally());
  }

  private CompletableFuture<float[]> submit(float value) {
    BatchItem item = item(value);
    accelerator.submit(item);
    return item.output();
  }

  private BatchItem item(float value) {
    return FakeDevice.item(stage, 16, value);
  }

  /// Both submitters at work, so that what comes next is one batch.
  private List<CompletableFuture<float[]>> occupy() {
    device.onRun = _ -> turns.acquire();
    List<CompletableFuture<float[]>> busy = new ArrayList<>();
    for (int i = 1; i <= 2; i++) {
      busy.add(submit(9));
      while (device.runs().size() < i) {
        Polling.pause();
      }
    }
    return busy;
  }

  @Test
  void restsForLongerWhileItsSessionsDoNotOpen() {
    failLoads("no sessions");
    fail(BROKEN);
    for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
      assertEquals(List.of(Duration.ofSeconds(seconds)), timer.delays());
      assertEquals(State.BACKING_OFF, accelerator.condition().state());
      assertEquals(BROKEN, accelerator.condition().reason());
      timer.advance(Duration.ofSeconds(seconds));
    }
    heal();
    timer.advance(Duration.ofSeconds(60));
    assertEquals(State.WORKING, accelerator.condition().state());
    assertEquals(List.of(), timer.delays());
  }

  @Test
  void restsForLongerWhenItOpensAndFailsAgain() {
    for (int seconds : new int[] {1, 2, 4}) {
      fail(BROKEN);
      assertEquals(List.of(Duration.ofSeconds(seconds)), timer.delays());
      timer.advance(Duration.ofSeconds(seconds));
      assertEquals(State.WORKING, accelerator.condition().state());
    }
  }

  @Test
  void restIsShortAgainOnceABatchWentWell() throws Exception {
    fail(BROKEN);
    timer.advance(Duration.ofSeconds(1));
    fail(BROKEN);
    timer.advance(Duration.ofSeconds(2));
    heal();
    assertArrayEquals(new float[] {1, 1}, submit(1).get());
    fail(BROKEN);
    assertEquals(List.of(Duration.ofSeconds(1)), timer.delays());
  }

  @Test
  void brokenContextIsNotTriedAgainAndNeedsANewProcess() {
    fail("CUDA failure 2: out of memory");
    assertEquals("CUDA out of memory", accelerator.condition().reason());
    assertFalse(accelerator.needsNewProcess());
    failLoads("CUDA error 700");
    timer.advance(Duration.ofSeconds(1));
    assertEquals(State.LOST, accelerator.condition().state());
    assertEquals("CUDA error 700", accelerator.condition().reason());
    assertEquals(List.of(), timer.delays());
    assertTrue(accelerator.needsNewProcess());
  }

  /// A new process would fare the same, again and again.
  @Test
  void deviceThatNeverWorkedDoesNotAskForANewProcess() {
    accelerator.close();
    accelerator = accelerator(timer);
    failLoads(LOST);
    assertThrows(
        WorkerException.class,
        () -> accelerator.open(FakeDevice.WORK, FakeDevice.REFERENCE, 0, this::load).close());
    assertEquals(State.LOST, accelerator.condition().state());
    assertFalse(accelerator.needsNewProcess());
    heal();
    int before = device.loads();
    WorkerException refused =
        assertThrows(
            WorkerException.class,
            () -> accelerator.open(FakeDevice.WORK, FakeDevice.REFERENCE, 0, this::load).close());
    assertEquals(ErrorCode.MODEL_LOAD_FAILED, refused.code());
    assertEquals(before, device.loads());
  }

  static Stream<Throwable> everyKind() {
    return Stream.of(
        new OutOfMemoryError("Cannot reserve 4194304 bytes of direct buffer memory"),
        new UnsatisfiedLinkError("no such symbol"),
        new StackOverflowError(),
        new AssertionError("impossible"),
        new ExceptionInInitializerError("no class"),
        new IllegalStateException("Used after it was closed"),
        new NullPointerException(),
        new java.io.IOException("not declared"),
        new InterruptedException("from nowhere"),
        FakeDevice.failure(BROKEN));
  }

  /// More often than there are submitters, so that none is left if each ends one.
  @ParameterizedTest
  @MethodSource("everyKind")
  void whateverARunThrowsIsAnsweredAndTheDeviceComesBack(Throwable thrown) throws Exception {
    for (int seconds : new int[] {1, 2, 4}) {
      device.onRun =
          _ -> {
            throw thrown;
          };
      assertNotMade(submit(1));
      assertEquals(State.BACKING_OFF, accelerator.condition().state());
      assertThrows(CancellationException.class, () -> submit(1).get());
      heal();
      timer.advance(Duration.ofSeconds(seconds));
      assertEquals(State.WORKING, accelerator.condition().state());
    }
    assertArrayEquals(new float[] {1, 1}, submit(1).get());
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void whateverALoadThrowsItIsTriedAgain(Throwable thrown) {
    fail(BROKEN);
    device.onLoad =
        _ -> {
          throw thrown;
        };
    timer.advance(Duration.ofSeconds(1));
    assertEquals(State.BACKING_OFF, accelerator.condition().state());
    assertEquals(List.of(Duration.ofSeconds(2)), timer.delays());
    heal();
    timer.advance(Duration.ofSeconds(2));
    assertEquals(State.WORKING, accelerator.condition().state());
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void whateverAListenerThrowsChangesNothing(Throwable thrown) throws Exception {
    changed =
        _ -> {
          throw thrown;
        };
    fail(BROKEN);
    assertEquals(List.of(Duration.ofSeconds(1)), timer.delays());
    heal();
    timer.advance(Duration.ofSeconds(1));
    assertEquals(State.WORKING, accelerator.condition().state());
    assertArrayEquals(new float[] {1, 1}, submit(1).get());
    fail(LOST);
    assertEquals(State.LOST, accelerator.condition().state());
  }

  @Test
  void deviceThatCannotBeTriedAgainIsLost() {
    accelerator.close();
    ScheduledExecutorService ended = Executors.newSingleThreadScheduledExecutor();
    ended.shutdownNow();
    accelerator = accelerator(ended);
    stage = accelerator.open(FakeDevice.WORK, FakeDevice.REFERENCE, 0, this::load);
    fail(BROKEN);
    assertEquals(State.LOST, accelerator.condition().state());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 6, 14, 15})
  void rowThatTheRuntimeRefusesFailsAlone(int guilty) throws Exception {
    for (String reason :
        List.of(
            "Error code - ORT_INVALID_ARGUMENT - message: Got invalid dimensions for input: in",
            "Non-zero status code returned while running Gather node. Name:'g'")) {
      occupyAndFinish(guilty, reason);
      assertEquals(State.WORKING, accelerator.condition().state());
      assertEquals(List.of(), timer.delays());
    }
  }

  private void occupyAndFinish(int guilty, String reason) throws Exception {
    device.forgetRuns();
    List<CompletableFuture<float[]>> busy = occupy();
    List<CompletableFuture<float[]>> items = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      items.add(submit(i == guilty ? -1 : 1 + i));
    }
    device.onRun =
        run -> {
          if (run.values().contains(-1f)) {
            throw FakeDevice.failure(reason);
          }
        };
    turns.release(2);
    for (CompletableFuture<float[]> one : busy) {
      assertArrayEquals(new float[] {9, 9}, one.get());
    }
    for (int i = 0; i < 16; i++) {
      if (i == guilty) {
        assertThrows(ExecutionException.class, items.get(i)::get);
      } else {
        assertArrayEquals(new float[] {1 + i, 1 + i}, items.get(i).get());
      }
    }
    assertTrue(device.runs().stream().anyMatch(run -> run.batch() == 16), "no full batch");
  }

  @Test
  void deviceThatFailsAtZerosTooIsToBlame() {
    device.onRun =
        _ -> {
          throw FakeDevice.failure("Non-zero status code returned while running Conv node");
        };
    assertThrows(ExecutionException.class, () -> submit(1).get());
    assertEquals(State.BACKING_OFF, accelerator.condition().state());
  }

  @Test
  void deviceThatComputesNothingButZerosIsToBlame() throws Exception {
    for (int i = 0; i < 2; i++) {
      fail("strange");
      assertEquals(State.WORKING, accelerator.condition().state());
    }
    heal();
    assertArrayEquals(new float[] {1, 1}, submit(1).get());
    for (int i = 0; i < 2; i++) {
      fail("strange");
      assertEquals(State.WORKING, accelerator.condition().state());
    }
    fail("strange");
    assertEquals(State.BACKING_OFF, accelerator.condition().state());
    assertEquals("strange", accelerator.condition().reason());
  }

  @Test
  void whatTheRuntimeRefusesNeverBlamesTheDevice() {
    for (int i = 0; i < 10; i++) {
      fail("[ONNXRuntimeError] : 2 : INVALID_ARGUMENT : Got invalid dimensions for input: in");
      assertEquals(State.WORKING, accelerator.condition().state());
    }
  }

  @Test
  void whatWaitsIsAnsweredWhenTheDeviceFails() throws Exception {
    List<CompletableFuture<float[]>> busy = occupy();
    List<CompletableFuture<float[]>> waiting = List.of(submit(1), submit(2));
    // Those behind need not wait for what still runs.
    accelerator.onFailure(FakeDevice.failure(BROKEN));
    for (CompletableFuture<float[]> one : waiting) {
      assertThrows(CancellationException.class, one::get);
    }
    turns.release(2);
    for (CompletableFuture<float[]> one : busy) {
      assertArrayEquals(new float[] {9, 9}, one.get());
    }
  }

  @Test
  void closedDeviceAnswersAtOnce() {
    accelerator.close();
    assertThrows(CancellationException.class, () -> submit(1).get());
  }

  @Test
  void removedStageAnswersAndDoesNotBlameTheDevice() {
    accelerator.remove(stage);
    assertEquals(0, device.loadedGraphs());
    assertThrows(CancellationException.class, () -> submit(1).get());
    assertEquals(State.WORKING, accelerator.condition().state());
  }

  /// Whatever is removed while its sessions are opened anew, at whichever of them.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void stageRemovedWhileItIsOpenedAnewLeavesNothingOpen(int atLoad) {
    fail(BROKEN);
    int before = device.loads();
    device.onRun = _ -> {};
    device.onLoad =
        _ -> {
          if (device.loads() == before + atLoad) {
            accelerator.remove(stage);
          }
        };
    timer.advance(Duration.ofSeconds(1));
    assertEquals(State.WORKING, accelerator.condition().state());
    assertEquals(0, device.loadedGraphs());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void deviceClosedWhileItIsOpenedAnewLeavesNothingOpen(int atLoad) {
    fail(BROKEN);
    int before = device.loads();
    device.onRun = _ -> {};
    device.onLoad =
        _ -> {
          if (device.loads() == before + atLoad) {
            accelerator.close();
          }
        };
    timer.advance(Duration.ofSeconds(1));
    assertEquals(0, device.loadedGraphs());
  }

  @Test
  void stageOpenedWhileTheDeviceIsClosedLeavesNothingOpen() {
    device.onLoad = _ -> accelerator.close();
    WorkerException refused =
        assertThrows(
            WorkerException.class,
            () -> accelerator.open(FakeDevice.WORK, FakeDevice.REFERENCE, 0, this::load).close());
    assertEquals(ErrorCode.DRAINING, refused.code());
    assertEquals(0, device.loadedGraphs());
  }

  @Test
  void openingThatFailsLeavesNothingOpen() {
    int open = device.loadedGraphs();
    failLoad(1);
    assertThrows(
        UnsatisfiedLinkError.class,
        () -> accelerator.open(FakeDevice.WORK, FakeDevice.REFERENCE, 0, this::load).close());
    assertEquals(open, device.loadedGraphs());
  }

  /// One session is enough; batches are then as large as those that are open.
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void stageWorksWithFewerSessionsThanWanted(int atLoad) throws Exception {
    int open = device.loadedGraphs();
    failLoad(atLoad);
    try (Replica fewer = accelerator.open(FakeDevice.WORK, FakeDevice.REFERENCE, 0, this::load)) {
      assertEquals(open + atLoad - 1, device.loadedGraphs());
      assertEquals(BATCHES.get(atLoad - 2), fewer.largestBatch(2));
      assertEquals(State.WORKING, accelerator.condition().state());
      BatchItem item = FakeDevice.item(fewer, 1, 7);
      accelerator.submit(item);
      assertArrayEquals(new float[] {7, 7}, item.output().get());
    }
  }

  private void failLoad(int number) {
    int loaded = device.loads();
    device.onLoad =
        _ -> {
          if (device.loads() == loaded + number) {
            throw new UnsatisfiedLinkError("gone");
          }
        };
  }

  @Test
  void sessionThatDoesNotCloseDoesNotKeepTheOthersOpen() {
    device.onClose =
        _ -> {
          throw new IllegalStateException("the runtime refused to close");
        };
    accelerator.remove(stage);
    assertEquals(0, device.loadedGraphs());
  }

  @Test
  void sessionsOfARunAreClosedAfterIt() throws Exception {
    List<CompletableFuture<float[]>> busy = occupy();
    accelerator.remove(stage);
    assertEquals(BATCHES.size(), device.loadedGraphs());
    turns.release(2);
    for (CompletableFuture<float[]> one : busy) {
      assertArrayEquals(new float[] {9, 9}, one.get());
    }
    while (device.loadedGraphs() > 0) {
      Polling.pause();
    }
    assertEquals(0, device.faults());
  }

  @Test
  void sessionsAreOpenedAnewBesideARunThatStillUsesTheOldOnes() throws Exception {
    List<CompletableFuture<float[]>> busy = occupy();
    accelerator.onFailure(FakeDevice.failure(BROKEN));
    device.onRun = _ -> {};
    timer.advance(Duration.ofSeconds(1));
    assertEquals(State.WORKING, accelerator.condition().state());
    assertEquals(2 * BATCHES.size(), device.loadedGraphs());
    turns.release(2);
    for (CompletableFuture<float[]> one : busy) {
      assertArrayEquals(new float[] {9, 9}, one.get());
    }
    while (device.loadedGraphs() > BATCHES.size()) {
      Polling.pause();
    }
  }
}
