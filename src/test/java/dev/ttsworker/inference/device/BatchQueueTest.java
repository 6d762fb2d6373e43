package dev.ttsworker.inference.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.inference.Graph;
import dev.ttsworker.inference.InferenceRuntime.Nodes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class BatchQueueTest {
  private static final long SECOND = 1_000_000_000;

  private final BlockingQueue<List<Row>> started = new LinkedBlockingQueue<>();
  private final Semaphore turns = new Semaphore(0);
  private final Replica stage = replica();
  private final BatchQueue queue =
      new BatchQueue(this::work, 4, () -> 0, Thread.ofPlatform().daemon().factory());

  @AfterEach
  void close() {
    turns.release(1_000);
    queue.close();
  }

  private void work(List<Row> batch) {
    started.add(batch);
    turns.acquireUninterruptibly();
    batch.forEach(row -> row.made().complete(new float[] {row.deadlineNanos()}));
  }

  private static Replica replica() {
    return new Replica(
        new StageSpec(
            "test",
            "in",
            1,
            Optional.empty(),
            Map.of(),
            "out",
            Shape.of(1, 1, 1),
            new TreeSet<>(List.of(8)),
            Nodes.ALL_ON_DEVICE),
        () -> {
          throw new AssertionError("nothing is loaded: " + Graph.class);
        });
  }

  private Row row(Replica replica, int width, long deadline) {
    return new Row(
        replica,
        width,
        new float[width],
        new float[0],
        Map.of(),
        deadline,
        new CompletableFuture<>());
  }

  private Row add(int width, long deadline) {
    Row row = row(stage, width, deadline);
    queue.add(row);
    return row;
  }

  /// Both submitters at work, so that what comes next waits.
  private void occupy() throws InterruptedException {
    for (int i = 0; i < 2; i++) {
      Row row = row(replica(), 8, 0);
      queue.add(row);
      assertEquals(List.of(row), started.take());
    }
  }

  @Test
  void idleDeviceTakesTheFirstRowAtOnce() throws Exception {
    Row only = add(8, 60 * SECOND);
    assertEquals(List.of(only), started.take());
    turns.release();
    assertEquals(60 * SECOND, only.made().get()[0], 1e6);
  }

  @Test
  void rowsThatFitGoTogetherMostUrgentFirst() throws Exception {
    occupy();
    Row late = add(8, 30);
    Row otherWidth = add(16, 25);
    Row otherStage = row(replica(), 8, 40);
    queue.add(otherStage);
    Row urgent = add(8, 10);
    Row middle = add(8, 20);
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
    List<Row> rows = IntStream.range(0, 6).mapToObj(i -> add(8, i)).toList();
    turns.release(1);
    assertEquals(rows.subList(0, 4), started.take());
    turns.release(1);
    assertEquals(rows.subList(4, 6), started.take());
  }

  @Test
  void withdrawnRowDoesNotRun() throws Exception {
    occupy();
    Row unwanted = add(8, 1);
    Row wanted = add(8, 2);
    queue.remove(unwanted);
    assertTrue(unwanted.made().isCancelled());
    turns.release(1);
    assertEquals(List.of(wanted), started.take());
    queue.remove(wanted);
    turns.release(2);
    assertEquals(2, wanted.made().get()[0]);
  }

  @Test
  void closingCancelsWhatWaits() throws Exception {
    occupy();
    Row waiting = add(8, 1);
    queue.close();
    assertTrue(waiting.made().isCancelled());
  }

  @Test
  void expectationGrowsWithWhatWaits() throws Exception {
    try (BatchQueue timed =
        new BatchQueue(this::work, 4, System::nanoTime, Thread.ofPlatform().daemon().factory())) {
      assertEquals(0, timed.expectedNanos());
      Row first = row(stage, 8, 0);
      timed.add(first);
      assertEquals(List.of(first), started.take());
      turns.release();
      float[] _ = first.made().get();
      while (timed.expectedNanos() == 0) {
        Thread.onSpinWait();
      }
      double alone = timed.expectedNanos();
      timed.add(row(stage, 8, 0));
      assertTrue(timed.expectedNanos() > 1.9 * alone);
    }
  }

  /// A batch waits for company, but never so long that one of it could be late.
  @Test
  void waitingMakesNobodyLate() {
    double batch = 5e6;
    assertEquals(2_000_000, BatchQueue.patience(SECOND, batch));
    assertEquals(1_000_000, BatchQueue.patience(13_000_000, batch));
    for (long slack = -50_000_000; slack <= 12_000_000; slack += 500_000) {
      assertTrue(BatchQueue.patience(slack, batch) <= 0, "slack " + slack);
    }
  }
}
