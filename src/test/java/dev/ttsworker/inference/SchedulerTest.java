package dev.ttsworker.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
  void cancelledJobLeavesTheQueueUnrun() throws Exception {
    Future<?> first = occupyTheWorker();
    CancelSignal cancel = new CancelSignal();
    List<String> ran = Collections.synchronizedList(new ArrayList<>());
    Future<WorkerException> second =
        callers.submit(() ->
            assertThrows(
                WorkerException.class, () -> scheduler.run(1, cancel, () -> ran.add("x"))));
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
                    () -> {
                      throw new IllegalStateException("broken");
                    }));
    assertEquals(ErrorCode.INTERNAL, thrown.code());
    assertEquals(5, scheduler.run(1, new CancelSignal(), () -> 5));
  }

  private Future<?> occupyTheWorker() throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    Future<?> call =
        callers.submit(() ->
            scheduler.run(
                0,
                new CancelSignal(),
                () -> {
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
        callers.submit(() -> scheduler.run(deadline, new CancelSignal(), () -> ran.add(name)));
    awaitQueued(before + 1);
    return call;
  }

  private void awaitQueued(int depth) {
    while (scheduler.queueDepth() < depth) {
      Thread.onSpinWait();
    }
  }
}
