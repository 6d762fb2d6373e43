package dev.ttsworker.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SchedulerTest {
  private final Scheduler scheduler =
      new Scheduler(Scheduler.Order.EARLIEST_DEADLINE, 1, Thread.ofPlatform().daemon().factory());
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch gate = new CountDownLatch(1);

  @AfterEach
  void close() {
    gate.countDown();
    callers.close();
    scheduler.close();
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
    assertTrue(scheduler.isCalm());
    Future<?> first = occupyTheWorker();
    assertTrue(scheduler.isCalm());
    Future<?> second = submit(1, "x", Collections.synchronizedList(new ArrayList<>()));
    assertFalse(scheduler.isCalm());
    gate.countDown();
    first.get();
    second.get();
  }

  @Test
  void cancelledJobLeavesTheQueueUnrun() throws Exception {
    Future<?> first = occupyTheWorker();
    CancelSignal cancel = new CancelSignal();
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
                    new CancelSignal(),
                    _ -> {
                      throw new IllegalStateException("broken");
                    }));
    assertEquals(ErrorCode.INTERNAL, thrown.code());
    Integer answer = scheduler.run(1, new CancelSignal(), _ -> 5);
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
                new CancelSignal(),
                turn -> {
                  over.add(turn.isOver());
                  started.countDown();
                  laterWaits.await();
                  over.add(turn.isOver());
                  seen.countDown();
                  gate.await();
                  return over.add(turn.isOver());
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
        new Scheduler(Scheduler.Order.ARRIVAL, 1, Thread.ofPlatform().daemon().factory())) {
      CountDownLatch started = new CountDownLatch(1);
      List<Integer> ran = Collections.synchronizedList(new ArrayList<>());
      List<Future<?>> calls = new ArrayList<>();
      calls.add(
          callers.submit(() ->
              plain.run(
                  0,
                  new CancelSignal(),
                  _ -> {
                    started.countDown();
                    gate.await();
                    return ran.add(0);
                  })));
      started.await();
      for (int i = 1; i <= 3; i++) {
        int number = i;
        calls.add(
            callers.submit(() -> plain.run(-number, new CancelSignal(), _ -> ran.add(number))));
        while (plain.queueDepth() < number) {
          Thread.onSpinWait();
        }
      }
      gate.countDown();
      for (Future<?> call : calls) {
        call.get();
      }
      assertEquals(List.of(0, 1, 2, 3), ran);
    }
  }

  private Future<?> occupyTheWorker() throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    Future<?> call =
        callers.submit(() ->
            scheduler.run(
                0,
                new CancelSignal(),
                _ -> {
                  started.countDown();
                  gate.await();
                  return 0;
                }));
    started.await();
    return call;
  }

  private Future<?> submit(long deadline, String name, List<String> ran) {
    int before = scheduler.queueDepth();
    Future<?> call =
        callers.submit(() -> scheduler.run(deadline, new CancelSignal(), _ -> ran.add(name)));
    awaitQueued(before + 1);
    return call;
  }

  private void awaitQueued(int depth) {
    while (scheduler.queueDepth() < depth) {
      Thread.onSpinWait();
    }
  }
}
