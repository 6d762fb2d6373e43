package dev.ttsworker.inference.device;

import dev.ttsworker.inference.DeviceFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One accelerator: its queue, the stages in its memory, and whether it can be used. After a
/// failure it rests, its sessions are opened anew, and it works again when that went well; else it
/// rests for longer. Until a batch has gone well each rest is twice the one before. Thread-safe.
final class Accelerator implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Accelerator.class);
  private static final Duration FIRST_REST = Duration.ofSeconds(1);
  private static final Duration LONGEST_REST = Duration.ofSeconds(60);

  private final int id;
  private final BatchQueue queue;
  private final ScheduledExecutorService timer;
  private final Runnable changed;
  private final Set<Replica> replicas = ConcurrentHashMap.newKeySet();
  private volatile Condition condition = new Condition(State.WORKING, "");
  private Duration rest = FIRST_REST;

  /// Whether a batch went well since the last failure.
  private volatile boolean proven = true;

  private boolean closed;

  /// How it is.
  enum State {
    WORKING,
    /// Failed, and will be tried again.
    RESTING,
    /// Only a new process can use it again.
    LOST
  }

  /// @param reason why it does not work; empty when it does
  record Condition(State state, String reason) {}

  /// @param id as CUDA counts
  /// @param timer opens sessions anew
  /// @param changed told after every change of [#condition]
  Accelerator(
      int id,
      LongSupplier nanoTime,
      ThreadFactory threads,
      ScheduledExecutorService timer,
      Runnable changed) {
    this.id = id;
    this.timer = timer;
    this.changed = changed;
    List<Integer> sizes = Replica.BATCHES;
    this.queue = new BatchQueue(this::run, sizes.getLast(), nanoTime, threads);
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

  boolean works() {
    return condition.state() == State.WORKING;
  }

  double expectedNanos() {
    return queue.expectedNanos();
  }

  /// Brings a stage into memory.
  ///
  /// @throws dev.ttsworker.error.WorkerException when it cannot be loaded or run
  void add(Replica replica) {
    try {
      replica.load();
    } catch (RuntimeException e) {
      if (DeviceFailure.of(e) == DeviceFailure.CONTEXT_LOST) {
        failed(e, State.WORKING);
      }
      throw e;
    }
    replicas.add(replica);
  }

  /// Frees a stage, after what runs.
  void remove(Replica replica) {
    replicas.remove(replica);
    replica.close();
  }

  void submit(Row row) {
    queue.add(row);
  }

  void withdraw(Row row) {
    queue.remove(row);
  }

  private void run(List<Row> batch) {
    Row first = batch.getFirst();
    if (!works() || !replicas.contains(first.replica())) {
      batch.forEach(row -> row.made().cancel(false));
      return;
    }
    try {
      float[][] outputs = first.replica().run(first.width(), batch);
      wentWell();
      for (int i = 0; i < outputs.length; i++) {
        batch.get(i).made().complete(outputs[i]);
      }
    } catch (RuntimeException e) {
      failed(e, State.WORKING);
      batch.forEach(row -> row.made().completeExceptionally(e));
    }
  }

  /// Only a batch shows that a failure is over: sessions may open where nothing can be computed.
  private void wentWell() {
    if (!proven) {
      synchronized (this) {
        proven = works();
        rest = proven ? FIRST_REST : rest;
      }
    }
  }

  /// Takes note of a failure: of several at a time the first one counts, unless a later one says
  /// that all is lost.
  ///
  /// @param when the state it was in when it failed
  private synchronized void failed(RuntimeException failure, State when) {
    boolean lost = DeviceFailure.of(failure) == DeviceFailure.CONTEXT_LOST;
    State now = condition.state();
    if (closed || now == State.LOST || (now != when && !lost)) {
      return;
    }
    String reason = reason(failure);
    if (lost) {
      become(State.LOST, reason);
      log.atError().setCause(failure).log("{} is lost to this process: {}", name(), reason);
      return;
    }
    if (now == State.WORKING) {
      become(State.RESTING, reason);
      log.atWarn().setCause(failure).log("{} failed: {}", name(), reason);
    }
    log.warn("{} rests for {} ms: {}", name(), rest.toMillis(), reason);
    restart();
  }

  private static String reason(RuntimeException failure) {
    return DeviceFailure.of(failure) == DeviceFailure.OUT_OF_MEMORY
        ? "CUDA out of memory"
        : String.valueOf(failure.getMessage()).lines().findFirst().orElse("no reason");
  }

  private void become(State state, String reason) {
    condition = new Condition(state, reason);
    changed.run();
  }

  private void restart() {
    proven = false;
    var _ = timer.schedule(this::openAnew, rest.toMillis(), TimeUnit.MILLISECONDS);
    Duration doubled = rest.multipliedBy(2);
    rest = doubled.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : doubled;
  }

  private void openAnew() {
    List<Replica> all = new ArrayList<>(replicas);
    try {
      all.forEach(Replica::load);
    } catch (RuntimeException e) {
      failed(e, State.RESTING);
      return;
    }
    synchronized (this) {
      if (!closed && condition.state() == State.RESTING) {
        become(State.WORKING, "");
        log.info("{} works again", name());
      }
    }
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
