package dev.ttsworker.engine.runtime;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.EngineOptions.SchedulingOrder;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Earliest-deadline-first scheduler on a fixed pool of platform threads; FIFO among equal
/// deadlines. No job starves, since deadlines only come nearer. Callers wait, and may be virtual
/// threads. A failure of a job ends its own caller only.
public final class Scheduler implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);

  private final Comparator<Ticket> order;
  private final PriorityBlockingQueue<Job<?>> queue;
  private final LongAdder busyNanos = new LongAdder();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicLong arrivals = new AtomicLong();
  private final List<Thread> workers = new ArrayList<>();
  private volatile boolean closed;

  /// @param order of waiting jobs
  /// @param threads most concurrent jobs
  /// @param factory makes the platform threads
  public Scheduler(SchedulingOrder order, int threads, ThreadFactory factory) {
    this.order = comparator(order);
    this.queue = new PriorityBlockingQueue<>(64, Comparator.comparing(Job::ticket, this.order));
    boolean complete = false;
    try {
      for (int i = 0; i < threads; i++) {
        Thread worker = factory.newThread(this::work);
        workers.add(worker);
        worker.start();
      }
      complete = true;
    } finally {
      if (!complete) {
        close();
      }
    }
  }

  private static Comparator<Ticket> comparator(SchedulingOrder order) {
    return switch (order) {
      case EARLIEST_DEADLINE_FIRST ->
          Comparator.comparingLong(Ticket::deadlineNanos).thenComparingLong(Ticket::arrival);
      case FIFO -> Comparator.comparingLong(Ticket::arrival);
    };
  }

  /// Work of a job.
  @FunctionalInterface
  public interface Work<T> {
    /// Runs on a pool thread.
    ///
    /// @param turn asks between two computations whether to yield
    T run(Turn turn) throws Exception;
  }

  /// Time slice of a job. Jobs are not preempted: a job with several computations yields between
  /// them.
  @FunctionalInterface
  public interface Turn {
    /// Whether a waiting job is more urgent than this one.
    boolean shouldYield();
  }

  /// Runs `work` on a pool thread and waits for it.
  ///
  /// @param deadlineNanos its play-out deadline, on any clock the callers share
  /// @param cancel a cancelled job leaves the queue without running; a running one must check the
  ///   token itself
  /// @throws WorkerException of the work, `INTERNAL` with the cause for any other failure,
  ///   `CALL_CANCELLED`, or `DRAINING` after [#close]
  public <T> T run(long deadlineNanos, CancellationToken cancel, Work<T> work) {
    Ticket ticket = new Ticket(deadlineNanos, arrivals.getAndIncrement());
    Job<T> job = new Job<>(ticket, () -> work.run(() -> shouldYield(ticket)));
    enqueue(job);
    try (CancellationToken.Registration _ = cancel.onCancel(() -> withdraw(job))) {
      return job.get();
    } catch (InterruptedException e) {
      withdraw(job);
      Thread.currentThread().interrupt();
      throw cancelled(e);
    } catch (java.util.concurrent.CancellationException e) {
      throw cancelled(e);
    } catch (ExecutionException e) {
      throw failure(e);
    }
  }

  private void enqueue(Job<?> job) {
    if (closed) {
      job.refuse();
      return;
    }
    queue.add(job);
    // close() sets the flag first and empties the queue then: a job added in between is found here,
    // unless a thread has taken it.
    if (closed && queue.remove(job)) {
      job.refuse();
    }
  }

  private boolean shouldYield(Ticket running) {
    Job<?> next = queue.peek();
    return next != null && order.compare(next.ticket(), running) < 0;
  }

  /// Jobs that wait for a thread.
  public int queueDepth() {
    return queue.size();
  }

  /// Running jobs.
  int running() {
    return running.get();
  }

  /// Whether at most one job runs and none waits, so that a new job would run at once.
  public boolean hasSpareCapacity() {
    return running.get() <= 1 && queue.isEmpty();
  }

  /// Total time that the pool's threads have spent on jobs.
  public long busyNanos() {
    return busyNanos.sum();
  }

  public int threads() {
    return workers.size();
  }

  private void withdraw(Job<?> job) {
    if (queue.remove(job)) {
      job.cancel(false);
    }
  }

  private void work() {
    while (!closed) {
      try {
        run(queue.take());
      } catch (InterruptedException e) {
        // The loop ends when this was closed; nothing else ends a thread.
      } catch (Throwable e) {
        report(e);
      }
    }
  }

  private void run(Job<?> job) {
    long start = System.nanoTime();
    running.incrementAndGet();
    try {
      job.run();
    } finally {
      running.decrementAndGet();
      busyNanos.add(System.nanoTime() - start);
      // No effect on a job that is done, as it should be: a caller must never wait for ever.
      job.cancel(false);
      if (!closed) {
        // Clears an interrupt of the job.
        boolean _ = Thread.interrupted();
      }
    }
  }

  private static void report(Throwable failure) {
    try {
      LOG.atError().setCause(failure).log("An inference thread failed outside of a job");
    } catch (Throwable noLog) {
      // Logging fails too, as without memory; the thread continues.
    }
  }

  private static WorkerException failure(ExecutionException failure) {
    if (failure.getCause() instanceof WorkerException expected) {
      return expected;
    }
    return new WorkerException(
        ErrorCode.INTERNAL, "A job failed: " + failure.getCause(), failure.getCause());
  }

  private static WorkerException cancelled(Exception cause) {
    return new WorkerException(ErrorCode.CALL_CANCELLED, "The call was cancelled", cause);
  }

  /// Ends the threads, each after its current job; waiting and later jobs fail with `DRAINING`.
  /// Idempotent.
  @Override
  public void close() {
    closed = true;
    workers.forEach(Thread::interrupt);
    for (Job<?> job = queue.poll(); job != null; job = queue.poll()) {
      job.refuse();
    }
  }

  /// Priority of a job.
  ///
  /// @param arrival sequence number
  private record Ticket(long deadlineNanos, long arrival) {}

  private static final class Job<T> extends FutureTask<T> {
    private final Ticket ticket;

    Job(Ticket ticket, Callable<T> work) {
      super(work);
      this.ticket = ticket;
    }

    Ticket ticket() {
      return ticket;
    }

    /// Fails it before its run; no operation when it has ended.
    void refuse() {
      setException(new WorkerException(ErrorCode.DRAINING, "The worker is shutting down"));
    }
  }
}
