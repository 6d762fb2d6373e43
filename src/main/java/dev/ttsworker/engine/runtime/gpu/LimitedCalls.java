package dev.ttsworker.engine.runtime.gpu;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Driver calls with a time limit, since they may never return: each runs on a thread of its own,
/// and its caller waits for a limited time. Thread-safe.
final class LimitedCalls {
  private static final Logger LOG = LoggerFactory.getLogger(LimitedCalls.class);

  private final String device;
  private final TimeLimits limits;
  private final ThreadFactory threads;
  private final AtomicInteger overdue = new AtomicInteger();

  /// @param device for messages
  /// @param threads makes platform threads
  LimitedCalls(String device, TimeLimits limits, ThreadFactory threads) {
    this.device = device;
    this.limits = limits;
    this.threads = threads;
  }

  /// Whether a call exceeded its time limit and has not returned.
  boolean isOverdue() {
    return overdue.get() > 0;
  }

  /// Runs an opening call and waits for it, even when the thread is interrupted.
  ///
  /// @param what its description, for messages
  /// @param discard closes a late result, on the call's thread
  /// @throws WorkerException `MODEL_LOAD_FAILED` while another call [#isOverdue]; the same, caused
  ///   by a [TimeoutException], after the time limit; else any failure of the work
  <T> T open(String what, Callable<T> work, Consumer<T> discard) {
    if (isOverdue()) {
      throw new WorkerException(
          ErrorCode.MODEL_LOAD_FAILED, device + " does not answer: " + what + " is not tried");
    }
    return call(what, limits.opening(), work, discard);
  }

  /// Runs a closing call and waits for it; does not wait while another call [#isOverdue]. A failure
  /// is logged, since the caller has other things to close.
  ///
  /// @param work must not throw
  void close(String what, Runnable work) {
    Duration patience = isOverdue() ? Duration.ZERO : limits.closing();
    try {
      boolean _ =
          call(
              what,
              patience,
              () -> {
                work.run();
                return true;
              },
              _ -> {});
    } catch (WorkerException e) {
      LOG.atError().setCause(e).log("{} continues in the background", what);
    } catch (OutOfMemoryError e) {
      LOG.atWarn().setCause(e).log("No thread for {}", what);
      work.run();
    }
  }

  private <T> T call(String what, Duration patience, Callable<T> work, Consumer<T> discard) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    threads.newThread(() -> answer(what, work, answer, discard)).start();
    boolean interrupted = false;
    long end = System.nanoTime() + patience.toNanos();
    try {
      while (true) {
        try {
          return answer.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (TimeoutException e) {
      return abandon(what, patience, answer, e);
    } catch (ExecutionException e) {
      throw failure(what, e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private <T> void answer(
      String what, Callable<T> work, CompletableFuture<T> answer, Consumer<T> discard) {
    boolean late = false;
    try {
      T made = work.call();
      late = !answer.complete(made);
      if (late) {
        discard.accept(made);
      }
    } catch (Throwable e) {
      late = !answer.completeExceptionally(e);
      if (late) {
        LOG.atWarn().setCause(e).log("{} of {} failed", what, device);
      }
    } finally {
      if (late) {
        overdue.decrementAndGet();
        LOG.warn("{} of {} has ended after its time limit", what, device);
      }
    }
  }

  /// Abandons the call, unless it returned at this moment.
  private <T> T abandon(
      String what, Duration patience, CompletableFuture<T> answer, TimeoutException cause) {
    overdue.incrementAndGet();
    WorkerException failure =
        new WorkerException(
            ErrorCode.MODEL_LOAD_FAILED,
            "%s: %s had no answer within %d ms".formatted(device, what, patience.toMillis()),
            cause);
    if (answer.completeExceptionally(failure)) {
      throw failure;
    }
    overdue.decrementAndGet();
    try {
      return answer.join();
    } catch (CompletionException e) {
      throw failure(what, e.getCause());
    }
  }

  private static RuntimeException failure(String what, @Nullable Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException known
        ? known
        : new WorkerException(ErrorCode.MODEL_LOAD_FAILED, what + " failed: " + cause, cause);
  }
}
