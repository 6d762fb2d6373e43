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
/// rests for longer. Thread-safe.
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
        failed(e);
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
      for (int i = 0; i < outputs.length; i++) {
        batch.get(i).made().complete(outputs[i]);
      }
    } catch (RuntimeException e) {
      failed(e);
      batch.forEach(row -> row.made().completeExceptionally(e));
    }
  }

  /// Takes note of a failure; the first one of several at a time counts.
  synchronized void failed(RuntimeException failure) {
    if (closed || condition.state() == State.LOST) {
      return;
    }
    DeviceFailure kind = DeviceFailure.of(failure);
    boolean resting = condition.state() == State.RESTING;
    if (resting && kind != DeviceFailure.CONTEXT_LOST) {
      return;
    }
    String reason = kind == DeviceFailure.OUT_OF_MEMORY ? "CUDA out of memory" : plain(failure);
    if (kind == DeviceFailure.CONTEXT_LOST) {
      become(State.LOST, reason);
      log.atError().setCause(failure).log("{} is lost to this process: {}", name(), reason);
      return;
    }
    become(State.RESTING, reason);
    log.atWarn()
        .setCause(failure)
        .log("{} rests for {} ms after a failure: {}", name(), rest.toMillis(), reason);
    restart();
  }

  private static String plain(RuntimeException failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("no reason");
  }

  private void become(State state, String reason) {
    condition = new Condition(state, reason);
    changed.run();
  }

  private void restart() {
    var _ = timer.schedule(this::openAnew, rest.toMillis(), TimeUnit.MILLISECONDS);
    Duration doubled = rest.multipliedBy(2);
    rest = doubled.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : doubled;
  }

  private void openAnew() {
    List<Replica> all = new ArrayList<>(replicas);
    try {
      all.forEach(Replica::load);
    } catch (RuntimeException e) {
      stillFails(e);
      return;
    }
    synchronized (this) {
      if (!closed && condition.state() == State.RESTING) {
        become(State.WORKING, "");
        log.info("{} works again", name());
      }
    }
  }

  private synchronized void stillFails(RuntimeException failure) {
    if (closed || condition.state() == State.LOST) {
      return;
    }
    if (DeviceFailure.of(failure) == DeviceFailure.CONTEXT_LOST) {
      failed(failure);
      return;
    }
    log.warn("{} still fails, {} ms more: {}", name(), rest.toMillis(), plain(failure));
    restart();
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
