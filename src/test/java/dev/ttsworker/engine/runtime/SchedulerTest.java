package dev.ttsworker.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.EngineOptions.SchedulingOrder;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.fixture.Polling;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SchedulerTest {
  private final Scheduler scheduler =
      new Scheduler(
          SchedulingOrder.EARLIEST_DEADLINE_FIRST, 1, Thread.ofPlatform().daemon().factory());
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch gate = new CountDownLatch(1);

  @AfterEach
  void close() {
    gate.countDown();
    scheduler.close();
    // Not close(): a caller that is never answered must fail its test, not hang here.
    callers.shutdownNow();
  }

  @Test
  void theEarliestDeadlineRunsFirstAndEqualsKeepTheirOrder() throws Exception {
    List<String> ran = Collections.synchronizedList(new ArrayList<>());
    List<Future<?>> calls = new ArrayList<>();
    calls.add(occupyTheWorker());
    calls.add(submit(300, "late", ran));
    calls.add(submit(100, "early", ran));
    calls.add(submit(200, "middle", ran));
    calls.add(submit(100, "early too", ran));
    gate.countDown();
    for (Future<?> call : calls) {
      call.get();
    }
    assertEquals(List.of("early", "early too", "middle", "late"), ran);
  }

  @Test
  void calmIsAtMostOneJobAndNoneThatWaits() throws Exception {
    assertTrue(scheduler.hasSpareCapacity());
    Future<?> first = occupyTheWorker();
    assertTrue(scheduler.hasSpareCapacity());
    Future<?> second = submit(1, "x", Collections.synchronizedList(new ArrayList<>()));
    assertFalse(scheduler.hasSpareCapacity());
    gate.countDown();
    first.get();
    second.get();
  }

  @Test
  void cancelledJobLeavesTheQueueUnrun() throws Exception {
    Future<?> first = occupyTheWorker();
    CancellationToken cancel = new CancellationToken();
    List<String> ran = Collections.synchronizedList(new ArrayList<>());
    Future<WorkerException> second =
        callers.submit(() ->
            assertThrows(WorkerException.class, () -> scheduler.run(1, cancel, _ -> ran.add("x"))));
    awaitQueued(1);
    cancel.cancel();
    assertEquals(ErrorCode.CALL_CANCELLED, second.get().code());
    assertEquals(0, scheduler.queueDepth());
    gate.countDown();
    first.get();
    assertEquals(List.of(), ran);
  }

  @Test
  void failureReachesTheCallerAndTheWorkerGoesOn() {
    WorkerException thrown =
        assertThrows(
            WorkerException.class,
            () ->
                scheduler.run(
                    1,
                    new CancellationToken(),
                    _ -> {
                      throw new IllegalStateException("broken");
                    }));
    assertEquals(ErrorCode.INTERNAL, thrown.code());
    Integer answer = scheduler.run(1, new CancellationToken(), _ -> 5);
    assertEquals(5, answer.intValue());
  }

  @Test
  void turnIsOverWhenMoreUrgentWorkWaits() throws Exception {
    List<Boolean> over = Collections.synchronizedList(new ArrayList<>());
    List<String> ran = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch laterWaits = new CountDownLatch(1);
    CountDownLatch seen = new CountDownLatch(1);
    Future<?> running =
        callers.submit(() ->
            scheduler.run(
                200,
                new CancellationToken(),
                turn -> {
                  over.add(turn.shouldYield());
                  started.countDown();
                  laterWaits.await();
                  over.add(turn.shouldYield());
                  seen.countDown();
                  gate.await();
                  return over.add(turn.shouldYield());
                }));
    started.await();
    Future<?> later = submit(300, "later", ran);
    laterWaits.countDown();
    seen.await();
    Future<?> sooner = submit(100, "sooner", ran);
    gate.countDown();
    running.get();
    later.get();
    sooner.get();
    assertEquals(List.of(false, false, true), over);
    assertEquals(List.of("sooner", "later"), ran);
    assertTrue(scheduler.busyNanos() > 0);
  }

  @Test
  void inOrderOfArrivalDeadlinesDoNotMatter() throws Exception {
    try (Scheduler plain =
        new Scheduler(SchedulingOrder.FIFO, 1, Thread.ofPlatform().daemon().factory())) {
      CountDownLatch started = new CountDownLatch(1);
      List<Integer> ran = Collections.synchronizedList(new ArrayList<>());
      List<Future<?>> calls = new ArrayList<>();
      calls.add(
          callers.submit(() ->
              plain.run(
                  0,
                  new CancellationToken(),
                  _ -> {
                    started.countDown();
                    gate.await();
                    return ran.add(0);
                  })));
      started.await();
      for (int i = 1; i <= 3; i++) {
        int number = i;
        calls.add(
            callers.submit(
                () -> plain.run(-number, new CancellationToken(), _ -> ran.add(number))));
        while (plain.queueDepth() < number) {
          Polling.pause();
        }
      }
      gate.countDown();
      for (Future<?> call : calls) {
        call.get();
      }
      assertEquals(List.of(0, 1, 2, 3), ran);
    }
  }

  static Stream<Throwable> everyKind() {
    return Stream.of(
        new OutOfMemoryError("Cannot reserve direct buffer memory"),
        new UnsatisfiedLinkError("no such symbol"),
        new StackOverflowError(),
        new AssertionError("impossible"),
        new java.io.IOException("not declared"),
        new InterruptedException("from nowhere"),
        new java.util.concurrent.CancellationException("of something else"));
  }

  /// Two at once: the callers' counts and threads must be as before.
  @ParameterizedTest
  @MethodSource("everyKind")
  void whateverAJobThrowsEndsItsCallerOnly(Throwable thrown) {
    for (int i = 0; i < 3; i++) {
      WorkerException seen =
          assertThrows(
              WorkerException.class,
              () ->
                  scheduler.run(
                      1,
                      new CancellationToken(),
                      _ -> {
                        throw SchedulerTest.<RuntimeException>unchecked(thrown);
                      }));
      assertEquals(ErrorCode.INTERNAL, seen.code());
      assertSame(thrown, seen.getCause());
    }
    awaitCalm();
    Integer answer = scheduler.run(1, new CancellationToken(), _ -> 5);
    assertEquals(5, answer.intValue());
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> T unchecked(Throwable any) throws T {
    throw (T) any;
  }

  /// Calm means that no job is counted beside the one that may run.
  private void awaitCalm() {
    while (scheduler.running() > 0) {
      Polling.pause();
    }
  }

  @Test
  void interruptThatAJobLeavesBehindEndsNoThread() {
    for (int i = 0; i < 3; i++) {
      Boolean clean =
          scheduler.run(
              1,
              new CancellationToken(),
              _ -> {
                boolean before = Thread.currentThread().isInterrupted();
                Thread.currentThread().interrupt();
                return !before;
              });
      assertTrue(clean);
    }
  }

  @Test
  void jobAfterClosingIsRefusedAtOnce() {
    scheduler.close();
    for (int i = 0; i < 3; i++) {
      WorkerException refused =
          assertThrows(
              WorkerException.class, () -> scheduler.run(1, new CancellationToken(), _ -> 5));
      assertEquals(ErrorCode.DRAINING, refused.code());
    }
    assertEquals(0, scheduler.queueDepth());
    scheduler.close();
  }

  @Test
  void closingEndsTheThreads() throws Exception {
    List<Thread> threads = new ArrayList<>();
    Scheduler closing =
        new Scheduler(
            SchedulingOrder.EARLIEST_DEADLINE_FIRST,
            3,
            work -> {
              Thread thread = Thread.ofPlatform().daemon().unstarted(work);
              threads.add(thread);
              return thread;
            });
    assertEquals(3, threads.size());
    closing.close();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Test
  void jobThatWaitsAtTheClosingIsRefusedAndTheRunningOneEnds() throws Exception {
    Future<?> first = occupyTheWorker(() -> awaitUninterruptibly(gate));
    Future<WorkerException> second =
        callers.submit(() ->
            assertThrows(
                WorkerException.class, () -> scheduler.run(1, new CancellationToken(), _ -> 5)));
    awaitQueued(1);
    scheduler.close();
    assertEquals(ErrorCode.DRAINING, second.get().code());
    gate.countDown();
    first.get();
  }

  /// Every job is answered, however it meets the closing.
  @Test
  void jobsThatMeetTheClosingAreAllAnswered() throws Exception {
    for (int round = 0; round < 200; round++) {
      Scheduler closing =
          new Scheduler(
              SchedulingOrder.EARLIEST_DEADLINE_FIRST, 2, Thread.ofPlatform().daemon().factory());
      CountDownLatch start = new CountDownLatch(1);
      List<Future<Boolean>> calls = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        calls.add(
            callers.submit(() -> {
              start.await();
              try {
                return closing.run(1, new CancellationToken(), _ -> true);
              } catch (WorkerException refused) {
                return refused.code() == ErrorCode.DRAINING;
              }
            }));
      }
      start.countDown();
      closing.close();
      for (Future<Boolean> call : calls) {
        assertTrue(call.get());
      }
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean open = false;
    while (!open) {
      try {
        latch.await();
        open = true;
      } catch (InterruptedException closed) {
        // Goes on waiting.
      }
    }
  }

  private interface Task {
    void run() throws InterruptedException;
  }

  private Future<?> occupyTheWorker() throws InterruptedException {
    return occupyTheWorker(gate::await);
  }

  private Future<?> occupyTheWorker(Task task) throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    Future<?> call =
        callers.submit(() ->
            scheduler.run(
                0,
                new CancellationToken(),
                _ -> {
                  started.countDown();
                  task.run();
                  return 0;
                }));
    started.await();
    return call;
  }

  private Future<?> submit(long deadline, String name, List<String> ran) {
    int before = scheduler.queueDepth();
    Future<?> call =
        callers.submit(() -> scheduler.run(deadline, new CancellationToken(), _ -> ran.add(name)));
    awaitQueued(before + 1);
    return call;
  }

  private void awaitQueued(int depth) {
    while (scheduler.queueDepth() < depth) {
      Polling.pause();
    }
  }
}
