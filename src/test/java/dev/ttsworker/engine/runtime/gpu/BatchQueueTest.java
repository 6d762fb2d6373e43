package dev.ttsworker.engine.runtime.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.runtime.DeviceShapes;
import dev.ttsworker.fixture.Polling;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class BatchQueueTest {
  private static final long SECOND = 1_000_000_000;

  private final BlockingQueue<List<BatchItem>> started = new LinkedBlockingQueue<>();
  private final Semaphore turns = new Semaphore(0);
  private final Replica stage = replica();
  private final Queue<Thread> submitters = new ConcurrentLinkedQueue<>();
  private final BatchQueue queue = queue(this::work, BatchQueue.LINGER);

  private BatchQueue queue(BatchQueue.Work work, Duration linger) {
    return new BatchQueue(work, linger, () -> 0, this::thread);
  }

  private Thread thread(Runnable task) {
    Thread made = Thread.ofPlatform().daemon().unstarted(task);
    submitters.add(made);
    return made;
  }

  @AfterEach
  void close() {
    turns.release(1_000);
    queue.close();
  }

  private void work(List<BatchItem> batch, CancellationToken stop) {
    started.add(batch);
    turns.acquireUninterruptibly();
    batch.forEach(item -> item.output().complete(new float[] {item.deadlineNanos()}));
  }

  private static Replica replica() {
    Workload work = new Batches(FakeDevice.spec(8));
    SessionOpener opener =
        new SessionOpener(
            work,
            FakeDevice.reference(FakeDevice.spec(8)),
            DeviceShapes.upTo(4),
            0,
            _ -> {
              throw new AssertionError("nothing is loaded");
            },
            new GpuMemoryBudget("cuda:0", 0),
            new LimitedCalls("cuda:0", TimeLimits.DEFAULT, Thread.ofPlatform().factory()),
            () -> 0);
    return new Replica(work, opener, TimeLimits.DEFAULT.batch(), Runnable::run, _ -> {});
  }

  private BatchItem item(Replica replica, int width, long deadline) {
    return new BatchItem(replica, width, 4, FakeDevice.inputs(0, width), deadline);
  }

  private BatchItem add(int width, long deadline) {
    BatchItem item = item(stage, width, deadline);
    queue.add(item);
    return item;
  }

  /// Both submitters at work, so that what comes next waits.
  private void occupy() throws InterruptedException {
    for (int i = 0; i < 2; i++) {
      BatchItem item = item(replica(), 8, 0);
      queue.add(item);
      assertEquals(List.of(item), started.take());
    }
  }

  @Test
  void idleDeviceTakesTheFirstRowAtOnce() throws Exception {
    BatchItem only = add(8, 60 * SECOND);
    assertEquals(List.of(only), started.take());
    turns.release();
    assertEquals(60 * SECOND, only.output().get()[0], 1e6);
  }

  @Test
  void rowsThatFitGoTogetherMostUrgentFirst() throws Exception {
    occupy();
    BatchItem late = add(8, 30);
    BatchItem otherWidth = add(16, 25);
    BatchItem otherStage = item(replica(), 8, 40);
    queue.add(otherStage);
    BatchItem urgent = add(8, 10);
    BatchItem middle = add(8, 20);
    turns.release(1);
    assertEquals(List.of(urgent, middle, late), started.take());
    turns.release(1);
    assertEquals(List.of(otherWidth), started.take());
    turns.release(1);
    assertEquals(List.of(otherStage), started.take());
  }

  @Test
  void batchIsNotLargerThanAllowed() throws Exception {
    occupy();
    List<BatchItem> items = IntStream.range(0, 6).mapToObj(i -> add(8, i)).toList();
    turns.release(1);
    assertEquals(items.subList(0, 4), started.take());
    turns.release(1);
    assertEquals(items.subList(4, 6), started.take());
  }

  @Test
  void withdrawnRowDoesNotRun() throws Exception {
    occupy();
    BatchItem unwanted = add(8, 1);
    BatchItem wanted = add(8, 2);
    assertTrue(queue.remove(unwanted));
    assertTrue(unwanted.output().isCancelled());
    turns.release(1);
    assertEquals(List.of(wanted), started.take());
    assertFalse(queue.remove(wanted));
    turns.release(2);
    assertEquals(2, wanted.output().get()[0]);
  }

  @Test
  void closingCancelsWhatWaits() throws Exception {
    occupy();
    BatchItem waiting = add(8, 1);
    queue.close();
    assertTrue(waiting.output().isCancelled());
  }

  @Test
  void expectationGrowsWithWhatWaitsAndIsForgottenWhenTheDeviceWasIdleForLong() throws Exception {
    AtomicLong clock = new AtomicLong();
    try (BatchQueue timed =
        new BatchQueue(
            (batch, stop) -> {
              work(batch, stop);
              clock.addAndGet(5_000_000);
            },
            BatchQueue.LINGER,
            clock::get,
            this::thread)) {
      assertEquals(0, timed.expectedNanos());
      BatchItem first = item(stage, 8, 0);
      timed.add(first);
      assertEquals(List.of(first), started.take());
      turns.release();
      while (timed.expectedNanos() == 0) {
        Polling.pause();
      }
      assertEquals(5e6, timed.expectedNanos());
      clock.addAndGet(1_000_000_000);
      assertEquals(5e6, timed.expectedNanos());
      clock.addAndGet(1);
      assertEquals(0, timed.expectedNanos());
      timed.add(item(stage, 8, 0));
      assertEquals(1e7, timed.expectedNanos());
    }
  }

  /// A batch waits for company, but never so long that one of it could be late.
  @Test
  void waitingMakesNobodyLate() {
    double batch = 5e6;
    assertEquals(2_000_000, BatchQueue.patience(SECOND, batch, 2_000_000));
    assertEquals(1_000_000, BatchQueue.patience(13_000_000, batch, 2_000_000));
    for (long slack = -50_000_000; slack <= 12_000_000; slack += 500_000) {
      assertTrue(BatchQueue.patience(slack, batch, 2_000_000) <= 0, "slack " + slack);
    }
  }

  @Test
  void whatComesAfterClosingIsCancelledAtOnce() {
    queue.close();
    assertTrue(add(8, 1).output().isCancelled());
  }

  /// Each submitter twice, so that none is left if this ends one.
  @ParameterizedTest
  @ValueSource(classes = {IllegalStateException.class, OutOfMemoryError.class, LinkageError.class})
  void whateverTheWorkThrowsRowsAreAnsweredAndTheSubmittersLive(Class<? extends Throwable> kind)
      throws Exception {
    Throwable thrown = kind.getConstructor().newInstance();
    try (BatchQueue broken =
        queue(
            (batch, stop) -> {
              if (batch.getFirst().deadlineNanos() == 0) {
                throw FakeDevice.<RuntimeException>unchecked(thrown);
              }
              work(batch, stop);
            },
            BatchQueue.LINGER)) {
      for (int i = 0; i < 4; i++) {
        BatchItem item = item(stage, 8, 0);
        broken.add(item);
        assertThrows(CancellationException.class, item.output()::get);
      }
      assertEquals(0, broken.expectedNanos(), "the time of batches that failed counts");
      turns.release();
      BatchItem good = item(stage, 8, 7);
      broken.add(good);
      assertEquals(7, good.output().get()[0]);
    }
  }

  @Test
  void workThatForgetsARowDoesNotLeaveItWaiting() {
    try (BatchQueue forgetful = queue((_, _) -> {}, BatchQueue.LINGER)) {
      BatchItem item = item(stage, 8, 0);
      forgetful.add(item);
      assertThrows(CancellationException.class, item.output()::get);
    }
  }

  @Test
  void interruptThatTheWorkLeavesBehindEndsNoSubmitter() throws Exception {
    turns.release(10);
    try (BatchQueue interrupting =
        queue(
            (batch, stop) -> {
              work(batch, stop);
              Thread.currentThread().interrupt();
            },
            BatchQueue.LINGER)) {
      for (int i = 0; i < 6; i++) {
        BatchItem item = item(stage, 8, i);
        interrupting.add(item);
        assertEquals(i, item.output().get()[0]);
      }
    }
  }

  @Test
  void interruptFromNowhereEndsNoSubmitter() throws Exception {
    submitters.forEach(Thread::interrupt);
    turns.release(2);
    for (int i = 0; i < 2; i++) {
      assertEquals(i, add(8, i).output().get()[0]);
      submitters.forEach(Thread::interrupt);
    }
  }

  /// A batch waits for company only while others keep the device busy.
  @Test
  void batchGoesAsSoonAsTheDeviceIsIdle() throws Exception {
    submitters.clear();
    try (BatchQueue patient = queue(this::work, Duration.ofHours(1))) {
      long noHurry = Duration.ofDays(1).toNanos();
      BatchItem running = item(stage, 8, noHurry);
      patient.add(running);
      assertEquals(List.of(running), started.take());
      BatchItem waiting = item(stage, 8, noHurry);
      patient.add(waiting);
      while (submitters.stream().noneMatch(it -> it.getState() == Thread.State.TIMED_WAITING)) {
        Polling.pause();
      }
      turns.release(2);
      assertEquals(List.of(waiting), started.take());
      assertEquals((double) noHurry, waiting.output().get()[0], 1e9);
    }
  }

  @Test
  void abandonedBatchIsReportedToStopAndItsAnswerIgnored() throws Exception {
    BlockingQueue<CancellationToken> stops = new LinkedBlockingQueue<>();
    try (BatchQueue given =
        queue(
            (batch, stop) -> {
              stops.add(stop);
              work(batch, stop);
            },
            BatchQueue.LINGER)) {
      BatchItem running = item(stage, 8, 1);
      given.add(running);
      CancellationToken stop = stops.take();
      assertFalse(given.isStuck());
      given.abandon();
      assertTrue(given.isStuck());
      assertTrue(stop.isCancelled());
      assertTrue(running.output().isCancelled());
      turns.release();
      while (given.isStuck()) {
        Polling.pause();
      }
      assertTrue(running.output().isCancelled());
    }
  }
}
