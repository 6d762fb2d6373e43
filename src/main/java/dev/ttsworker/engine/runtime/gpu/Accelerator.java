package dev.ttsworker.engine.runtime.gpu;

import dev.ttsworker.engine.runtime.DeviceFailure;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.lifecycle.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One accelerator: its queue, the stages in its memory, and whether it can be used. After a
/// failure it rests, its sessions are opened anew, and it works again when that went well; else it
/// rests for longer. Until a batch has gone well each rest is twice the one before. One that does
/// not come back from a batch rests too, and is lost when it has not come back after the longest
/// rest. Thread-safe.
final class Accelerator implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Accelerator.class);
  private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(60);

  private final int id;
  private final GpuServices services;
  private final BatchQueue queue;
  private final BatchRunner runner;
  private final GpuMemoryBudget budget;
  private final LimitedCalls calls;
  private final Runnable changed;
  private final Set<Replica> replicas = ConcurrentHashMap.newKeySet();
  private volatile Condition condition = new Condition(State.WORKING, "");
  private final Backoff backoff = new Backoff(FIRST_BACKOFF, LONGEST_BACKOFF);

  /// Whether a batch went well since the last failure.
  private volatile boolean proven = true;

  /// Whether it ever did what it should: a new process can do that too.
  private volatile boolean hasWorked;

  private boolean closed;

  /// How it is.
  enum State {
    WORKING,
    /// Failed, and will be tried again.
    BACKING_OFF,
    /// This process cannot use it any more.
    LOST
  }

  /// @param reason why it does not work; empty when it does
  record Condition(State state, String reason) {}

  /// @param id as CUDA counts
  /// @param memoryLimitBytes most memory for all sessions together; 0 for no limit
  /// @param changed told after every change of [#condition]; what it throws is logged
  Accelerator(int id, long memoryLimitBytes, GpuServices services, Runnable changed) {
    this.id = id;
    this.services = services;
    this.changed = changed;
    this.budget = new GpuMemoryBudget(name(), memoryLimitBytes);
    this.calls = new LimitedCalls(name(), services.limits(), services.threads());
    this.runner = new BatchRunner(this);
    this.queue =
        new BatchQueue(
            runner::run,
            Replica.BATCHES.getLast(),
            BatchQueue.LINGER,
            services.nanoTime(),
            services.threads());
  }

  int id() {
    return id;
  }

  String name() {
    return "cuda:" + id;
  }

  Condition condition() {
    return condition;
  }

  boolean isWorking() {
    return condition.state() == State.WORKING;
  }

  /// Whether only a new process can use it: it worked, and is lost. One that never worked would not
  /// work in a new process either, which must not be started again and again for it.
  boolean needsNewProcess() {
    return hasWorked && condition.state() == State.LOST;
  }

  /// Whether everything that it was given up for has come back.
  boolean isResponsive() {
    return !queue.isStuck() && !calls.isOverdue();
  }

  double expectedNanos() {
    return queue.expectedNanos();
  }

  /// Brings a stage into memory.
  ///
  /// @param modelBytes about the size of its weights
  /// @param loader brings its graph into the accelerator's memory, once for each session
  /// @throws WorkerException when it cannot be loaded or run
  Replica open(StageSpec spec, long modelBytes, Replica.Loader loader) {
    requireUsable();
    SessionOpener opener =
        new SessionOpener(spec, modelBytes, loader, budget, calls, services.nanoTime());
    Replica replica = new Replica(spec, opener, services.limits().batch());
    try {
      replica.load();
    } catch (RuntimeException | Error e) {
      if (DeviceFailure.of(e) == DeviceFailure.CONTEXT_LOST) {
        onFailure(e, State.WORKING);
      }
      throw e;
    }
    synchronized (this) {
      if (!closed) {
        hasWorked = true;
        replicas.add(replica);
        return replica;
      }
    }
    replica.close();
    throw new WorkerException(ErrorCode.DRAINING, "The worker is shutting down");
  }

  private void requireUsable() {
    Condition now = condition;
    if (now.state() == State.LOST || !isResponsive()) {
      throw new WorkerException(
          ErrorCode.MODEL_LOAD_FAILED, name() + " cannot be used: " + now.reason());
    }
  }

  /// Frees a stage, after what runs.
  void remove(Replica replica) {
    replicas.remove(replica);
    replica.close();
  }

  void submit(BatchItem item) {
    queue.add(item);
  }

  /// Takes a item out of the queue.
  ///
  /// @return whether it was waiting; a item that runs goes on
  boolean withdraw(BatchItem item) {
    return queue.remove(item);
  }

  /// Takes note of a batch that has begun and does not come back: its rows, and those that wait
  /// behind it, are cancelled, the runtime is asked to end the run, and the accelerator rests.
  void onTimeout(BatchItem item, Duration patience) {
    queue.abandon(item);
    onFailure(
        new WorkerException(
            ErrorCode.INFERENCE_FAILED, "no answer within " + patience.toMillis() + " ms"),
        State.WORKING,
        true);
  }

  /// Only a batch shows that a failure is over: sessions may open where nothing can be computed.
  void onSuccess() {
    if (!proven) {
      synchronized (this) {
        proven = isWorking();
        if (proven) {
          backoff.reset();
        }
      }
    }
  }

  /// Takes note of a failure of a batch.
  void onFailure(Throwable failure) {
    onFailure(failure, State.WORKING);
  }

  private void onFailure(Throwable failure, State when) {
    onFailure(failure, when, false);
  }

  /// Takes note of a failure: of several at a time the first one counts, unless a later one says
  /// that all is lost.
  ///
  /// @param when the state it was in when it failed
  /// @param silent whether what runs may never come back
  private synchronized void onFailure(Throwable failure, State when, boolean silent) {
    boolean lost = DeviceFailure.of(failure) == DeviceFailure.CONTEXT_LOST;
    State now = condition.state();
    if (closed || now == State.LOST || (now != when && !lost)) {
      return;
    }
    String reason = reason(failure);
    if (lost) {
      markLost(reason, failure);
      return;
    }
    if (now == State.WORKING) {
      condition = new Condition(State.BACKING_OFF, reason);
    }
    long pause = backoff.current().toMillis();
    // Before anything else that could fail.
    if (!restart()) {
      return;
    }
    if (silent) {
      queue.abandon();
    } else {
      queue.drain();
    }
    if (now == State.WORKING) {
      LOG.atWarn().setCause(failure).log("{} failed: {}", name(), reason);
      notifyListeners();
    }
    LOG.warn("{} rests for {} ms: {}", name(), pause, reason);
  }

  private void markLost(String reason, Throwable failure) {
    condition = new Condition(State.LOST, reason);
    queue.abandon();
    LOG.atError().setCause(failure).log("{} is lost to this process: {}", name(), reason);
    notifyListeners();
  }

  private static String reason(Throwable failure) {
    if (DeviceFailure.of(failure) == DeviceFailure.OUT_OF_MEMORY) {
      return "CUDA out of memory";
    }
    String said =
        failure instanceof WorkerException known ? known.getMessage() : failure.toString();
    return said.lines().findFirst().orElse("no reason");
  }

  private void notifyListeners() {
    try {
      changed.run();
    } catch (Throwable e) {
      LOG.atError().setCause(e).log("Who listens to {} failed", name());
    }
  }

  /// Has the sessions opened anew after a rest.
  ///
  /// @return whether that will happen; if not, it is lost
  private boolean restart() {
    proven = false;
    long pause = backoff.next().toMillis();
    try {
      var _ = services.timer().schedule(this::reopen, pause, TimeUnit.MILLISECONDS);
      return true;
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      markLost(condition.reason() + "; it cannot be tried again", e);
      return false;
    }
  }

  private void reopen() {
    try {
      if (!isResponsive()) {
        backOffAgain();
        return;
      }
      List.copyOf(replicas).forEach(Replica::load);
      markWorking();
    } catch (Throwable e) {
      onFailure(e, State.BACKING_OFF);
    }
  }

  private synchronized void markWorking() {
    if (!closed && condition.state() == State.BACKING_OFF) {
      queue.resetTimes();
      condition = new Condition(State.WORKING, "");
      LOG.info("{} works again", name());
      notifyListeners();
    }
  }

  /// Nothing is opened beside a call that has not come back.
  private synchronized void backOffAgain() {
    if (closed || condition.state() != State.BACKING_OFF) {
      return;
    }
    if (backoff.isLongest()) {
      markLost(
          condition.reason() + "; nor after more than " + LONGEST_BACKOFF.toSeconds() + " s",
          new IllegalStateException("a call did not come back"));
      return;
    }
    LOG.warn("{} has still not come back", name());
    boolean _ = restart();
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    queue.close();
    replicas.forEach(Replica::close);
  }
}
