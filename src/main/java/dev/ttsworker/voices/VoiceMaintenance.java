package dev.ttsworker.voices;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.lifecycle.Backoff;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Maintenance: one thread that runs the tasks of the default model, one at a time, and the timers
/// for retries and for eviction. Thread-safe.
final class VoiceMaintenance implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(VoiceMaintenance.class);

  private final BackgroundTasks background;
  private final DefaultSupervisor supervisor;
  private final InstalledModels installed;
  private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60));
  private final ExecutorService thread;
  private volatile Optional<ScheduledFuture<?>> retry = Optional.empty();
  private volatile Optional<ScheduledFuture<?>> eviction = Optional.empty();

  VoiceMaintenance(
      BackgroundTasks background, DefaultSupervisor supervisor, InstalledModels installed) {
    this.background = background;
    this.supervisor = supervisor;
    this.installed = installed;
    this.thread = Executors.newSingleThreadExecutor(background.threads());
  }

  /// Starts to look for idle models.
  void evictEvery(Duration interval, Runnable evictIdle) {
    eviction =
        Optional.of(
            background
                .timer()
                .schedule(
                    () -> {
                      try {
                        evictIdle.run();
                      } finally {
                        if (!thread.isShutdown()) {
                          evictEvery(interval, evictIdle);
                        }
                      }
                    },
                    interval.toNanos(),
                    TimeUnit.NANOSECONDS));
  }

  /// Lets the first choice be tried soon, on the thread.
  void submitAttempt() {
    submit(this::attempt);
  }

  /// Runs `task` on the thread, after those that wait; its failure is logged.
  void submit(Runnable task) {
    try {
      thread.execute(() -> guarded(task));
    } catch (RejectedExecutionException e) {
      LOG.debug("Nothing more is done at shutdown", e);
    }
  }

  /// Runs `task` on the thread and waits for it. An interrupt ends the wait, not the task.
  ///
  /// @throws WorkerException what the task threw, `CALL_CANCELLED` when interrupted, `DRAINING` at
  ///   shutdown
  <T> T call(Supplier<T> task) {
    FutureTask<T> future = new FutureTask<>(task::get);
    try {
      thread.execute(future);
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WorkerException(ErrorCode.CALL_CANCELLED, "The wait was ended", e);
    } catch (RejectedExecutionException | CancellationException e) {
      throw new WorkerException(ErrorCode.DRAINING, "Worker is draining", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof WorkerException expected) {
        throw expected;
      }
      throw new WorkerException(ErrorCode.INTERNAL, "Model housekeeping failed", e);
    }
  }

  /// Tries the first choice, and again after a while as long as it does not speak. Only on the
  /// thread.
  void attempt() {
    retry.ifPresent(pending -> pending.cancel(false));
    boolean speaks = false;
    try {
      speaks = supervisor.attempt();
    } finally {
      if (speaks) {
        backoff.reset();
      } else if (!thread.isShutdown()) {
        Duration wait = backoff.next();
        retry =
            Optional.of(
                background
                    .timer()
                    .schedule(() -> submit(this::retry), wait.toNanos(), TimeUnit.NANOSECONDS));
      }
    }
  }

  private void retry() {
    installed.rescan();
    attempt();
  }

  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (WorkerException e) {
      LOG.debug("Model housekeeping ended", e);
    } catch (RuntimeException e) {
      LOG.error("Model housekeeping failed", e);
    }
  }

  /// Ends timers and thread; callers that wait in [#call] get a failure.
  @Override
  public void close() {
    for (Runnable unrun : thread.shutdownNow()) {
      if (unrun instanceof FutureTask<?> future) {
        future.cancel(false);
      }
    }
    thread.close();
    retry.ifPresent(pending -> pending.cancel(false));
    eviction.ifPresent(pending -> pending.cancel(false));
  }
}
