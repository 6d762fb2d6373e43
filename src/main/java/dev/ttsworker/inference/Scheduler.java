package dev.ttsworker.inference;

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
import java.util.concurrent.atomic.AtomicLong;

/// Decides whose work runs next on a fixed pool of platform threads: the job whose listener runs
/// dry first, and of equals the one that came first. Nobody starves, because a deadline only comes
/// nearer. Callers wait, and may be virtual threads.
public final class Scheduler implements AutoCloseable {
  /// What runs first.
  public enum Order {
    /// The job whose listener runs dry first, and of equals the one that came first.
    EARLIEST_DEADLINE,
    /// The job that came first, to compare with.
    ARRIVAL;

    private Comparator<Job<?>> comparator() {
      return switch (this) {
        case EARLIEST_DEADLINE ->
            Comparator.<Job<?>>comparingLong(Job::deadlineNanos).thenComparingLong(Job::order);
        case ARRIVAL -> Comparator.comparingLong(Job::order);
      };
    }
  }

  private final PriorityBlockingQueue<Job<?>> queue;
  private final AtomicLong arrivals = new AtomicLong();
  private final List<Thread> workers = new ArrayList<>();

  /// @param order what runs first
  /// @param threads how many jobs run at once
  /// @param factory makes the platform threads
  public Scheduler(Order order, int threads, ThreadFactory factory) {
    queue = new PriorityBlockingQueue<>(64, order.comparator());
    for (int i = 0; i < threads; i++) {
      Thread worker = factory.newThread(this::work);
      workers.add(worker);
      worker.start();
    }
  }

  /// Runs `work` on a pool thread and waits for it.
  ///
  /// @param deadlineNanos when its listener runs dry, on any clock the callers share
  /// @param cancel a cancelled job leaves the queue unrun; a running one must watch the signal
  ///   itself
  /// @throws WorkerException what the work threw, or `CALL_CANCELLED`
  public <T> T run(long deadlineNanos, CancelSignal cancel, Callable<T> work) {
    Job<T> job = new Job<>(deadlineNanos, arrivals.getAndIncrement(), work);
    queue.add(job);
    try (CancelSignal.Registration _ = cancel.onCancel(() -> withdraw(job))) {
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

  /// Jobs waiting for a thread.
  public int queueDepth() {
    return queue.size();
  }

  private void withdraw(Job<?> job) {
    if (queue.remove(job)) {
      job.cancel(false);
    }
  }

  private void work() {
    try {
      while (true) {
        queue.take().run();
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
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

  /// Ends the threads, each after the job it runs; what still waits is cancelled.
  @Override
  public void close() {
    workers.forEach(Thread::interrupt);
    for (Job<?> job = queue.poll(); job != null; job = queue.poll()) {
      job.cancel(false);
    }
  }

  private static final class Job<T> extends FutureTask<T> {
    private final long deadlineNanos;
    private final long order;

    Job(long deadlineNanos, long order, Callable<T> work) {
      super(work);
      this.deadlineNanos = deadlineNanos;
      this.order = order;
    }

    long deadlineNanos() {
      return deadlineNanos;
    }

    long order() {
      return order;
    }
  }
}
