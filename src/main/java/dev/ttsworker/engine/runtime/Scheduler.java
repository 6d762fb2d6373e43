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

/// Decides whose work runs next on a fixed pool of platform threads: the job whose listener runs
/// dry first, and of equals the one that came first. Nobody starves, because a deadline only comes
/// nearer. Callers wait, and may be virtual threads. Whatever a job throws ends its own caller
/// only.
public final class Scheduler implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);

  private final Comparator<Ticket> order;
  private final PriorityBlockingQueue<Job<?>> queue;
  private final LongAdder busyNanos = new LongAdder();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicLong arrivals = new AtomicLong();
  private final List<Thread> workers = new ArrayList<>();
  private volatile boolean closed;

  /// @param order what runs first
  /// @param threads how many jobs run at once
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

  /// What a job does.
  @FunctionalInterface
  public interface Work<T> {
    /// Runs on a pool thread.
    ///
    /// @param turn to ask between two computations whether to go on
    T run(Turn turn) throws Exception;
  }

  /// A job's time on its thread. Jobs are not interrupted: one with several computations to do asks
  /// between them.
  @FunctionalInterface
  public interface Turn {
    /// Whether a waiting job should run now rather than this one go on.
    boolean shouldYield();
  }

  /// Runs `work` on a pool thread and waits for it.
  ///
  /// @param deadlineNanos when its listener runs dry, on any clock the callers share
  /// @param cancel a cancelled job leaves the queue unrun; a running one must watch the signal
  ///   itself
  /// @throws WorkerException what the work threw, `INTERNAL` with the cause when that was anything
  ///   else, `CALL_CANCELLED`, or `DRAINING` after [#close]
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
    // Whoever closes says so first and empties the queue then: a job that came between is found
    // here, unless a thread has taken it.
    if (closed && queue.remove(job)) {
      job.refuse();
    }
  }

  private boolean shouldYield(Ticket running) {
    Job<?> next = queue.peek();
    return next != null && order.compare(next.ticket(), running) < 0;
  }

  /// Jobs waiting for a thread.
  public int queueDepth() {
    return queue.size();
  }

  /// Jobs that run.
  int running() {
    return running.get();
  }

  /// Whether at most one job runs and none waits: what is asked for next will not have to wait.
  public boolean hasSpareCapacity() {
    return running.get() <= 1 && queue.isEmpty();
  }

  /// Time that the pool's threads have spent on jobs so far, all together.
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
      // Nothing when it is done, as it always should be: a caller must never wait for ever.
      job.cancel(false);
      if (!closed) {
        // What the job left behind.
        boolean _ = Thread.interrupted();
      }
    }
  }

  private static void report(Throwable failure) {
    try {
      LOG.atError().setCause(failure).log("An inference thread failed outside of a job");
    } catch (Throwable noLog) {
      // Not even the log works, as without memory; the thread goes on all the same.
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

  /// Ends the threads, each after the job it runs; what still waits, and whatever comes, is refused
  /// with `DRAINING`. Idempotent.
  @Override
  public void close() {
    closed = true;
    workers.forEach(Thread::interrupt);
    for (Job<?> job = queue.poll(); job != null; job = queue.poll()) {
      job.refuse();
    }
  }

  /// A job's place in the queue.
  ///
  /// @param arrival numbers the jobs as they come
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

    /// Ends it unrun; nothing when it has ended.
    void refuse() {
      setException(new WorkerException(ErrorCode.DRAINING, "The worker is shutting down"));
    }
  }
}
