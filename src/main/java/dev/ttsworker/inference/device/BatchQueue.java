package dev.ttsworker.inference.device;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/// Windows that wait for an accelerator. The one whose listener runs dry first goes next, and those
/// that fit its batch go with it. While the device is busy a batch waits a moment for more, unless
/// that could make one of them late. Thread-safe.
final class BatchQueue implements AutoCloseable {
  /// Keep the device busy while the one before is read and the next one put together.
  private static final int SUBMITTERS = 2;

  /// A tenth of the time that a window of 16 frames lasts.
  private static final long LINGER_NANOS = 2_000_000;

  private final Consumer<List<Row>> work;
  private final LongSupplier nanoTime;
  private final int largestBatch;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final List<Row> waiting = new ArrayList<>();
  private final List<Thread> submitters = new ArrayList<>();
  private int runningBatches;
  private int runningRows;
  private double nanosPerBatch;
  private double nanosPerRow;

  /// @param work computes a batch and completes its rows, on a submitter's thread
  /// @param threads makes the platform threads
  BatchQueue(
      Consumer<List<Row>> work, int largestBatch, LongSupplier nanoTime, ThreadFactory threads) {
    this.work = work;
    this.largestBatch = largestBatch;
    this.nanoTime = nanoTime;
    for (int i = 0; i < SUBMITTERS; i++) {
      Thread submitter = threads.newThread(this::submit);
      submitters.add(submitter);
      submitter.start();
    }
  }

  void add(Row row) {
    lock.lock();
    try {
      waiting.add(row);
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Takes a row out that nobody wants any more; one that runs goes on.
  void remove(Row row) {
    lock.lock();
    try {
      if (waiting.remove(row)) {
        row.made().cancel(false);
      }
    } finally {
      lock.unlock();
    }
  }

  /// When a row that comes now would be made, from now on, as far as is known.
  double expectedNanos() {
    lock.lock();
    try {
      return (waiting.size() + runningRows + 1) * nanosPerRow;
    } finally {
      lock.unlock();
    }
  }

  private void submit() {
    try {
      while (true) {
        List<Row> batch = take();
        long start = nanoTime.getAsLong();
        try {
          work.accept(batch);
        } finally {
          done(batch.size(), nanoTime.getAsLong() - start);
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Row> take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        while (waiting.isEmpty()) {
          arrived.await();
        }
        Row first = mostUrgent();
        long patience = patience(first);
        while (patience > 0 && isNext(first) && fitting(first).count() < largestBatch) {
          patience = arrived.awaitNanos(patience);
        }
        if (isNext(first)) {
          return start(first);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isNext(Row row) {
    return !waiting.isEmpty() && mostUrgent().equals(row);
  }

  private Row mostUrgent() {
    return waiting.stream().min(Comparator.comparingLong(Row::deadlineNanos)).orElseThrow();
  }

  private long patience(Row first) {
    return runningBatches == 0
        ? 0
        : patience(first.deadlineNanos() - nanoTime.getAsLong(), nanosPerBatch);
  }

  /// How long a batch may wait for more rows beside a busy device; not at all when its most urgent
  /// row has no more time than two batches take.
  ///
  /// @param slackNanos until that row's listener runs dry
  static long patience(long slackNanos, double nanosPerBatch) {
    return Math.min(LINGER_NANOS, slackNanos - (long) (2 * nanosPerBatch) - LINGER_NANOS);
  }

  private Stream<Row> fitting(Row first) {
    return waiting.stream().filter(first::fits);
  }

  private List<Row> start(Row first) {
    List<Row> batch =
        fitting(first)
            .sorted(Comparator.comparingLong(Row::deadlineNanos))
            .limit(largestBatch)
            .toList();
    waiting.removeAll(batch);
    runningBatches++;
    runningRows += batch.size();
    return batch;
  }

  private void done(int rows, long nanos) {
    lock.lock();
    try {
      runningBatches--;
      runningRows -= rows;
      nanosPerBatch = smoothed(nanosPerBatch, (double) nanos);
      nanosPerRow = smoothed(nanosPerRow, (double) nanos / rows);
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static double smoothed(double before, double newest) {
    return before == 0 ? newest : before + (newest - before) / 8;
  }

  /// Ends the submitters, each after its batch; what still waits is cancelled.
  @Override
  public void close() {
    submitters.forEach(Thread::interrupt);
    lock.lock();
    try {
      waiting.forEach(row -> row.made().cancel(false));
      waiting.clear();
    } finally {
      lock.unlock();
    }
  }
}
