package dev.ttsworker.engine.runtime.gpu;

import dev.ttsworker.engine.Device;
import dev.ttsworker.engine.runtime.DeviceFailure;
import dev.ttsworker.engine.runtime.DeviceShapes;
import dev.ttsworker.engine.runtime.FailureReason;
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

/// Accelerator: its batch queue, its loaded stages, and its state. After a failure it backs off and
/// reopens its sessions; the back-off doubles until a batch succeeds. An accelerator whose batch
/// does not return backs off too, and is lost when it has not returned after the longest back-off.
/// Thread-safe.
final class Accelerator implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Accelerator.class);
  private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(60);

  private final Device.Provider provider;
  private final int id;
  private final DeviceShapes shapes;
  private final GpuServices services;
  private final BatchQueue queue;
  private final BatchRunner runner;
  private final GpuMemoryBudget budget;
  private final LimitedCalls calls;
  private final Runnable changed;
  private final Set<Replica> replicas = ConcurrentHashMap.newKeySet();
  private volatile Condition condition = new Condition(State.WORKING, "");

  /// Why no stage could be opened, while none is open; empty otherwise.
  private volatile String unopened = "";

  private final Backoff backoff = new Backoff(FIRST_BACKOFF, LONGEST_BACKOFF);

  /// Whether a batch succeeded since the last failure.
  private volatile boolean proven = true;

  /// Whether it has ever worked: then a new process may use it again.
  private volatile boolean hasWorked;

  private boolean closed;

  /// Health state.
  enum State {
    WORKING,
    /// Failed, and will be tried again.
    BACKING_OFF,
    /// Unusable for this process.
    LOST
  }

  /// @param reason of the failure; empty while it works
  record Condition(State state, String reason) {}

  /// @param id of the device for its provider
  /// @param memoryLimitBytes most memory for all sessions together; 0 for no limit
  /// @param changed runs after every change of [#condition]; its failures are logged
  Accelerator(
      Device.Provider provider,
      int id,
      DeviceShapes shapes,
      long memoryLimitBytes,
      GpuServices services,
      Runnable changed) {
    this.provider = provider;
    this.id = id;
    this.shapes = shapes;
    this.services = services;
    this.changed = changed;
    this.budget = new GpuMemoryBudget(name(), memoryLimitBytes);
    this.calls = new LimitedCalls(name(), services.limits(), services.threads());
    this.runner = new BatchRunner(this);
    this.queue =
        new BatchQueue(runner::run, BatchQueue.LINGER, services.nanoTime(), services.threads());
  }

  int id() {
    return id;
  }

  String name() {
    return provider.device(id);
  }

  Condition condition() {
    return condition;
  }

  boolean isWorking() {
    return condition.state() == State.WORKING;
  }

  /// Whether it computes, or would as soon as a stage is opened: a device that none could be opened
  /// on does not.
  boolean isInUse() {
    return isWorking() && unopened.isEmpty();
  }

  /// Why it is not in use.
  String failure() {
    String reason = condition.reason();
    return reason.isEmpty() ? unopened : reason;
  }

  /// Whether only a new process can use it: it has worked, and is lost. One that never worked would
  /// not work in a new process either, which would restart again and again.
  boolean needsNewProcess() {
    return hasWorked && condition.state() == State.LOST;
  }

  /// Whether all abandoned calls have returned.
  boolean isResponsive() {
    return !queue.isStuck() && !calls.isOverdue();
  }

  double expectedNanos() {
    return queue.expectedNanos();
  }

  /// Loads a graph.
  ///
  /// @param reference what the CPU makes of a sample
  /// @param modelBytes about the size of its weights
  /// @param loader loads its graph onto the accelerator, once for each session
  /// @throws WorkerException when it cannot be loaded or run, or computes something else
  Replica open(Workload work, Reference reference, long modelBytes, Replica.Loader loader) {
    requireUsable();
    SessionOpener opener =
        new SessionOpener(
            work, reference, shapes, modelBytes, loader, budget, calls, services.nanoTime());
    Replica replica =
        new Replica(
            work, opener, services.limits().batch(), services.background(), this::onFurtherFailure);
    try {
      replica.load();
    } catch (RuntimeException | Error e) {
      onFailedOpening(e);
      throw e;
    }
    synchronized (this) {
      if (!closed) {
        hasWorked = true;
        replicas.add(replica);
        boolean again = !unopened.isEmpty();
        unopened = "";
        if (again) {
          notifyListeners();
        }
        return replica;
      }
    }
    replica.close();
    throw new WorkerException(ErrorCode.DRAINING, "The worker is shutting down");
  }

  /// Fewer sessions than wanted are no failure, unless the device is lost.
  private void onFurtherFailure(Throwable failure) {
    if (DeviceFailure.of(failure) == DeviceFailure.CONTEXT_LOST) {
      onFailure(failure, State.WORKING);
    }
  }

  private void onFailedOpening(Throwable failure) {
    if (DeviceFailure.of(failure) == DeviceFailure.CONTEXT_LOST) {
      onFailure(failure, State.WORKING);
      return;
    }
    synchronized (this) {
      if (!closed && replicas.isEmpty()) {
        unopened = reason(failure);
        notifyListeners();
      }
    }
  }

  private void requireUsable() {
    Condition now = condition;
    if (now.state() == State.LOST || !isResponsive()) {
      throw new WorkerException(
          ErrorCode.MODEL_LOAD_FAILED, name() + " cannot be used: " + now.reason());
    }
  }

  /// Frees a stage, after its running batches.
  void remove(Replica replica) {
    replicas.remove(replica);
    replica.close();
  }

  void submit(BatchItem item) {
    queue.add(item);
  }

  /// Removes an item from the queue.
  ///
  /// @return whether it was waiting; an item that runs continues
  boolean withdraw(BatchItem item) {
    return queue.remove(item);
  }

  /// Handles a batch that does not return: its items and those in the queue are cancelled, its run
  /// is terminated, and the accelerator backs off.
  void onTimeout(BatchItem item, Duration patience) {
    queue.abandon(item);
    onFailure(
        new WorkerException(
            ErrorCode.INFERENCE_FAILED, "no answer within " + patience.toMillis() + " ms"),
        State.WORKING,
        true);
  }

  /// Ends the back-off. Only a batch proves that a failure is over: sessions may open where nothing
  /// can be computed.
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

  /// Handles a failure of a batch.
  void onFailure(Throwable failure) {
    onFailure(failure, State.WORKING);
  }

  private void onFailure(Throwable failure, State when) {
    onFailure(failure, when, false);
  }

  /// Handles a failure: of concurrent failures the first applies, unless a later one means context
  /// loss.
  ///
  /// @param when the state when it failed
  /// @param silent whether running batches may never return
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
    LOG.warn("{} backs off for {} ms: {}", name(), pause, reason);
  }

  private void markLost(String reason, Throwable failure) {
    condition = new Condition(State.LOST, reason);
    queue.abandon();
    LOG.atError().setCause(failure).log("{} is lost to this process: {}", name(), reason);
    notifyListeners();
  }

  private String reason(Throwable failure) {
    if (DeviceFailure.of(failure) == DeviceFailure.OUT_OF_MEMORY) {
      return provider.label() + " out of memory";
    }
    return failure instanceof WorkerException known
        ? FailureReason.of(known.getMessage())
        : FailureReason.of(failure);
  }

  private void notifyListeners() {
    try {
      changed.run();
    } catch (Throwable e) {
      LOG.atError().setCause(e).log("A listener to {} failed", name());
    }
  }

  /// Schedules the reopening of the sessions after the back-off.
  ///
  /// @return false when that is impossible; then it is lost
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

  /// Backs off again while a call has not returned: nothing is opened beside it.
  private synchronized void backOffAgain() {
    if (closed || condition.state() != State.BACKING_OFF) {
      return;
    }
    if (backoff.isLongest()) {
      markLost(
          condition.reason() + "; nor after more than " + LONGEST_BACKOFF.toSeconds() + " s",
          new IllegalStateException("a call did not return"));
      return;
    }
    LOG.warn("A call of {} has still not returned", name());
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
