package dev.ttsworker.engine.runtime.gpu;

import dev.ttsworker.engine.CancellationToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Windows that wait for an accelerator. The one whose listener runs dry first goes next, and those
/// that fit its batch go with it. While the device is busy a batch waits a moment for more, unless
/// that could make one of them late. Every row that is added is answered, except while the work on
/// its batch does not come back: then by [#abandon]. Thread-safe.
final class BatchQueue implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(BatchQueue.class);

  /// Keep the device busy while the one before is read and the next one put together.
  private static final int SUBMITTERS = 2;

  /// A tenth of the time that a window of 16 frames lasts.
  static final Duration LINGER = Duration.ofMillis(2);

  /// A batch that takes longer than so many of those before has been held up by something else.
  private static final double LARGEST_JUMP = 8;

  /// What a device took when it was last used says nothing about now after so long; if it were slow
  /// then, it would otherwise never be tried again beside a quicker one.
  private static final long STALE_NANOS = 1_000_000_000;

  private final Work work;
  private final LongSupplier nanoTime;
  private final int largestBatch;
  private final long lingerNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final List<BatchItem> waiting = new ArrayList<>();
  private final List<Batch> running = new ArrayList<>();
  private boolean closed;
  private double nanosPerBatch;
  private double nanosPerRow;
  private long idleSinceNanos;

  /// Computes a batch and completes its rows.
  @FunctionalInterface
  interface Work {
    /// Runs on a submitter's thread. Rows that it leaves unanswered are cancelled, whatever it
    /// throws.
    ///
    /// @param stop cancelled when nobody waits for the rows any more
    void run(List<BatchItem> batch, CancellationToken stop);
  }

  private record Batch(List<BatchItem> rows, CancellationToken stop) {
    void abandon() {
      rows.forEach(row -> row.made().cancel(false));
      stop.cancel();
    }

    boolean isAbandoned() {
      return stop.isCancelled();
    }

    boolean wentWell() {
      return rows.stream().anyMatch(row -> row.made().state() == Future.State.SUCCESS);
    }
  }

  /// @param linger how long a batch waits for more rows beside a busy device
  /// @param threads makes the platform threads
  BatchQueue(
      Work work, int largestBatch, Duration linger, LongSupplier nanoTime, ThreadFactory threads) {
    this.work = work;
    this.largestBatch = largestBatch;
    this.lingerNanos = linger.toNanos();
    this.nanoTime = nanoTime;
    boolean complete = false;
    try {
      for (int i = 0; i < SUBMITTERS; i++) {
        threads.newThread(this::submit).start();
      }
      complete = true;
    } finally {
      if (!complete) {
        close();
      }
    }
  }

  /// Adds a row; after [#close] it is cancelled at once.
  void add(BatchItem row) {
    lock.lock();
    try {
      if (!closed) {
        waiting.add(row);
        arrived.signalAll();
        return;
      }
    } finally {
      lock.unlock();
    }
    boolean _ = row.made().cancel(false);
  }

  /// Takes a row out that nobody wants any more; one that runs goes on.
  ///
  /// @return whether it was waiting
  boolean remove(BatchItem row) {
    lock.lock();
    try {
      return waiting.remove(row) && row.made().cancel(false);
    } finally {
      lock.unlock();
    }
  }

  /// When a row that comes now would be made, from now on, as far as is known; 0 when nothing is.
  double expectedNanos() {
    lock.lock();
    try {
      boolean idle = running.isEmpty() && waiting.isEmpty();
      if (idle && nanoTime.getAsLong() - idleSinceNanos > STALE_NANOS) {
        return 0;
      }
      int runningRows = running.stream().mapToInt(batch -> batch.rows().size()).sum();
      return (waiting.size() + runningRows + 1) * nanosPerRow;
    } finally {
      lock.unlock();
    }
  }

  /// Cancels what waits.
  void drain() {
    lock.lock();
    try {
      waiting.forEach(row -> row.made().cancel(false));
      waiting.clear();
    } finally {
      lock.unlock();
    }
  }

  /// Cancels what waits and what runs: the answers of runs that come back are ignored.
  void abandon() {
    drain();
    running(_ -> true).forEach(Batch::abandon);
  }

  /// Cancels the batch with this row, when it runs.
  void abandon(BatchItem row) {
    running(batch -> batch.rows().contains(row)).forEach(Batch::abandon);
  }

  private List<Batch> running(Predicate<Batch> which) {
    lock.lock();
    try {
      return running.stream().filter(which).toList();
    } finally {
      lock.unlock();
    }
  }

  /// Whether a batch that was abandoned still runs.
  boolean isStuck() {
    return !running(Batch::isAbandoned).isEmpty();
  }

  /// Forgets how long batches took: the device is another one now.
  void forgetTimes() {
    lock.lock();
    try {
      nanosPerBatch = 0;
      nanosPerRow = 0;
    } finally {
      lock.unlock();
    }
  }

  private void submit() {
    boolean open = true;
    while (open) {
      try {
        Optional<Batch> next = take();
        next.ifPresent(this::run);
        open = next.isPresent();
      } catch (InterruptedException e) {
        // The next look at the queue shows whether it was closed; nothing else ends a submitter.
      } catch (Throwable e) {
        report(e);
      }
    }
  }

  private static void report(Throwable failure) {
    try {
      log.atError().setCause(failure).log("A batch failed");
    } catch (Throwable noLog) {
      // Not even the log works, as without memory; the thread goes on all the same.
    }
  }

  private void run(Batch batch) {
    long start = nanoTime.getAsLong();
    try {
      work.run(batch.rows(), batch.stop());
    } finally {
      boolean wentWell = batch.wentWell();
      batch.rows().forEach(row -> row.made().cancel(false));
      done(batch, nanoTime.getAsLong() - start, wentWell);
    }
  }

  /// The next batch, now counted as running; empty when this is closed.
  private Optional<Batch> take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed) {
        if (waiting.isEmpty()) {
          arrived.await();
        } else {
          BatchItem first = mostUrgent();
          awaitMore(first);
          if (isNext(first)) {
            return Optional.of(start(first));
          }
        }
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /// Waits for rows that fit, as long as the device is busy with others and nobody gets late.
  private void awaitMore(BatchItem first) throws InterruptedException {
    long left = lingerNanos;
    while (!closed && isNext(first) && fitting(first).count() < largestBatch) {
      long patience = Math.min(left, patience(first));
      if (patience <= 0) {
        return;
      }
      left -= patience - arrived.awaitNanos(patience);
    }
  }

  private boolean isNext(BatchItem row) {
    return !waiting.isEmpty() && mostUrgent().equals(row);
  }

  private BatchItem mostUrgent() {
    return waiting.stream().min(Comparator.comparingLong(BatchItem::deadlineNanos)).orElseThrow();
  }

  private long patience(BatchItem first) {
    return running.isEmpty()
        ? 0
        : patience(first.deadlineNanos() - nanoTime.getAsLong(), nanosPerBatch, lingerNanos);
  }

  /// How long a batch may wait for more rows beside a busy device; not at all when its most urgent
  /// row has no more time than two batches take.
  ///
  /// @param slackNanos until that row's listener runs dry
  static long patience(long slackNanos, double nanosPerBatch, long lingerNanos) {
    return Math.min(lingerNanos, slackNanos - (long) (2 * nanosPerBatch) - lingerNanos);
  }

  private Stream<BatchItem> fitting(BatchItem first) {
    return waiting.stream().filter(first::fits);
  }

  private Batch start(BatchItem first) {
    List<BatchItem> rows =
        fitting(first)
            .sorted(Comparator.comparingLong(BatchItem::deadlineNanos))
            .limit(largestBatch)
            .toList();
    Batch batch = new Batch(rows, new CancellationToken());
    running.add(batch);
    waiting.removeAll(rows);
    return batch;
  }

  /// Of a batch that failed the time says nothing about those that do not.
  private void done(Batch batch, long nanos, boolean wentWell) {
    lock.lock();
    try {
      running.remove(batch);
      idleSinceNanos = nanoTime.getAsLong();
      if (wentWell) {
        nanosPerBatch = smoothed(nanosPerBatch, (double) nanos);
        nanosPerRow = smoothed(nanosPerRow, (double) nanos / batch.rows().size());
      }
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static double smoothed(double before, double newest) {
    return before == 0 ? newest : before + (Math.min(newest, LARGEST_JUMP * before) - before) / 8;
  }

  /// Ends the submitters, each after its batch; what still waits, and whatever comes, is cancelled.
  /// Idempotent.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
    drain();
  }
}
