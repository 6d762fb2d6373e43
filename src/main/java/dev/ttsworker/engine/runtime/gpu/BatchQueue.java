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

/// Dynamic batching queue of an accelerator. The item with the earliest play-out deadline goes
/// next, with others that fit its batch. While the device is busy a batch waits briefly for more
/// items, unless that could make one of them late. Every item is completed, unless its batch does
/// not return: then by [#abandon]. Thread-safe.
final class BatchQueue implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BatchQueue.class);

  /// Two threads keep the device busy: one reads a batch while the next one is assembled.
  private static final int SUBMITTERS = 2;

  /// A tenth of the time that a window of 16 frames lasts.
  static final Duration LINGER = Duration.ofMillis(2);

  /// A batch that takes longer than this factor of the average was delayed by something else.
  private static final double LARGEST_JUMP = 8;

  /// Batch times older than this are ignored: otherwise a device that was slow once would never be
  /// tried again beside a faster one.
  private static final long STALE_NANOS = 1_000_000_000;

  private final Work work;
  private final LongSupplier nanoTime;
  private final long lingerNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final List<BatchItem> waiting = new ArrayList<>();
  private final List<Batch> running = new ArrayList<>();
  private boolean closed;
  private double nanosPerBatch;
  private double nanosPerItem;
  private long idleSinceNanos;

  /// Batch function.
  @FunctionalInterface
  interface Work {
    /// Computes a batch on a submitter's thread. Items that it leaves incomplete are cancelled,
    /// whatever it throws.
    ///
    /// @param stop cancelled when no caller waits for the items any more
    void run(List<BatchItem> batch, CancellationToken stop);
  }

  private record Batch(List<BatchItem> items, CancellationToken stop) {
    void abandon() {
      items.forEach(item -> item.output().cancel(false));
      stop.cancel();
    }

    boolean isAbandoned() {
      return stop.isCancelled();
    }

    boolean succeeded() {
      return items.stream().anyMatch(item -> item.output().state() == Future.State.SUCCESS);
    }
  }

  /// @param linger how long a batch waits for more items while the device is busy
  /// @param threads makes the platform threads
  BatchQueue(Work work, Duration linger, LongSupplier nanoTime, ThreadFactory threads) {
    this.work = work;
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

  /// Adds an item; after [#close] it is cancelled at once.
  void add(BatchItem item) {
    lock.lock();
    try {
      if (!closed) {
        waiting.add(item);
        arrived.signalAll();
        return;
      }
    } finally {
      lock.unlock();
    }
    boolean _ = item.output().cancel(false);
  }

  /// Removes a cancelled item; one that runs continues.
  ///
  /// @return whether it was waiting
  boolean remove(BatchItem item) {
    lock.lock();
    try {
      return waiting.remove(item) && item.output().cancel(false);
    } finally {
      lock.unlock();
    }
  }

  /// Expected time until a new item is complete; 0 when unknown.
  double expectedNanos() {
    lock.lock();
    try {
      boolean idle = running.isEmpty() && waiting.isEmpty();
      if (idle && nanoTime.getAsLong() - idleSinceNanos > STALE_NANOS) {
        return 0;
      }
      int runningItems = running.stream().mapToInt(batch -> batch.items().size()).sum();
      return (waiting.size() + runningItems + 1) * nanosPerItem;
    } finally {
      lock.unlock();
    }
  }

  /// Cancels all waiting items.
  void drain() {
    lock.lock();
    try {
      waiting.forEach(item -> item.output().cancel(false));
      waiting.clear();
    } finally {
      lock.unlock();
    }
  }

  /// Cancels all waiting and running items; results of runs that return are ignored.
  void abandon() {
    drain();
    running(_ -> true).forEach(Batch::abandon);
  }

  /// Cancels the running batch with this item.
  void abandon(BatchItem item) {
    running(batch -> batch.items().contains(item)).forEach(Batch::abandon);
  }

  private List<Batch> running(Predicate<Batch> which) {
    lock.lock();
    try {
      return running.stream().filter(which).toList();
    } finally {
      lock.unlock();
    }
  }

  /// Whether an abandoned batch still runs.
  boolean isStuck() {
    return !running(Batch::isAbandoned).isEmpty();
  }

  /// Resets the batch times, since the device has new sessions.
  void resetTimes() {
    lock.lock();
    try {
      nanosPerBatch = 0;
      nanosPerItem = 0;
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
      LOG.atError().setCause(failure).log("A batch failed");
    } catch (Throwable noLog) {
      // Logging fails too, as without memory; the thread continues.
    }
  }

  private void run(Batch batch) {
    long start = nanoTime.getAsLong();
    try {
      work.run(batch.items(), batch.stop());
    } finally {
      boolean succeeded = batch.succeeded();
      batch.items().forEach(item -> item.output().cancel(false));
      done(batch, nanoTime.getAsLong() - start, succeeded);
    }
  }

  /// The next batch, now counted as running; empty after [#close].
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

  /// Waits for items that fit, while the device is busy and no item becomes late.
  private void awaitMore(BatchItem first) throws InterruptedException {
    long left = lingerNanos;
    while (!closed && isNext(first) && fitting(first).count() < first.largestBatch()) {
      long patience = Math.min(left, patience(first));
      if (patience <= 0) {
        return;
      }
      left -= patience - arrived.awaitNanos(patience);
    }
  }

  private boolean isNext(BatchItem item) {
    return !waiting.isEmpty() && mostUrgent().equals(item);
  }

  private BatchItem mostUrgent() {
    return waiting.stream().min(Comparator.comparingLong(BatchItem::deadlineNanos)).orElseThrow();
  }

  private long patience(BatchItem first) {
    return running.isEmpty()
        ? 0
        : patience(first.deadlineNanos() - nanoTime.getAsLong(), nanosPerBatch, lingerNanos);
  }

  /// Time that a batch may wait for more items while the device is busy; none when its most urgent
  /// item has less slack than two batches take.
  ///
  /// @param slackNanos until that item's play-out deadline
  static long patience(long slackNanos, double nanosPerBatch, long lingerNanos) {
    return Math.min(lingerNanos, slackNanos - (long) (2 * nanosPerBatch) - lingerNanos);
  }

  private Stream<BatchItem> fitting(BatchItem first) {
    return waiting.stream().filter(first::fits);
  }

  private Batch start(BatchItem first) {
    List<BatchItem> items =
        fitting(first)
            .sorted(Comparator.comparingLong(BatchItem::deadlineNanos))
            .limit(first.largestBatch())
            .toList();
    Batch batch = new Batch(items, new CancellationToken());
    running.add(batch);
    waiting.removeAll(items);
    return batch;
  }

  /// Times of failed batches are ignored.
  private void done(Batch batch, long nanos, boolean succeeded) {
    lock.lock();
    try {
      running.remove(batch);
      idleSinceNanos = nanoTime.getAsLong();
      if (succeeded) {
        nanosPerBatch = smoothed(nanosPerBatch, (double) nanos);
        nanosPerItem = smoothed(nanosPerItem, (double) nanos / batch.items().size());
      }
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static double smoothed(double before, double newest) {
    return before == 0 ? newest : before + (Math.min(newest, LARGEST_JUMP * before) - before) / 8;
  }

  /// Ends the submitters, each after its batch; waiting and later items are cancelled. Idempotent.
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
