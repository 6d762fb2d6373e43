package dev.ttsworker.engine.runtime.gpu;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.runtime.Graph;
import dev.ttsworker.engine.runtime.gpu.OpenSessions.Session;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Replica of a stage on one accelerator: a session for each width and batch size, since
/// convolutions are planned again for each new shape. Thread-safe: it may be reloaded and closed
/// while it runs; the sessions of a run are freed after it.
final class Replica implements AutoCloseable {
  /// Batch sizes; a batch between two sizes is padded with empty items.
  static final List<Integer> BATCHES = List.of(1, 4, 16);

  /// Allowed factor of the run time on an idle device.
  private static final int SLOWER_THAN_ALONE = 10;

  private static final Duration LONGEST_PATIENCE = Duration.ofSeconds(20);

  private final StageSpec spec;
  private final SessionOpener opener;
  private final Duration patience;
  private Optional<OpenSessions> open = Optional.empty();
  private boolean closed;

  /// @param opener opens the sessions at each load
  /// @param patience time limit of a batch, at least
  Replica(StageSpec spec, SessionOpener opener, Duration patience) {
    this.spec = spec;
    this.opener = opener;
    this.patience = patience;
  }

  /// Loader of the stage's graph onto the accelerator.
  @FunctionalInterface
  interface Loader {
    /// Loads the graph onto the accelerator.
    ///
    /// @param memoryLimitBytes most memory it may use there; 0 for no limit
    Graph load(long memoryLimitBytes);
  }

  /// Opens all sessions again and runs each, so that no caller waits for their plans. No operation
  /// after [#close]; sessions that open during a close are closed.
  ///
  /// @throws dev.ttsworker.error.WorkerException when one cannot be loaded or run; then none is
  ///   open
  void load() {
    synchronized (this) {
      if (closed) {
        return;
      }
    }
    replaceBy(Optional.empty());
    replaceBy(Optional.of(opener.open()));
  }

  private void replaceBy(Optional<OpenSessions> sessions) {
    Optional<OpenSessions> unwanted;
    synchronized (this) {
      unwanted = closed ? sessions : open;
      open = closed ? open : sessions;
    }
    unwanted.ifPresent(OpenSessions::close);
  }

  /// Computes a batch.
  ///
  /// @param items 1 to the largest of [#BATCHES]
  /// @param stop terminates the run
  /// @return the outputs in the order of the items; empty when the stage is not loaded, since it
  ///   was removed or is being reopened
  Optional<float[][]> run(int width, List<BatchItem> items, CancellationToken stop) {
    return using(sessions -> run(sessions.session(width, items.size()), items, stop));
  }

  /// Runs the session of this batch size and width on zeros, which every healthy device can.
  ///
  /// @return whether the stage is loaded
  boolean check(int width, int items, CancellationToken stop) {
    return using(sessions -> run(sessions.session(width, items), List.of(), stop)).isPresent();
  }

  private float[][] run(Session session, List<BatchItem> items, CancellationToken stop) {
    return session.exclusively(
        () -> Batches.run(spec, session.graph(), session.batch(), session.width(), items, stop));
  }

  private <T> Optional<T> using(Function<OpenSessions, T> use) {
    Optional<OpenSessions> sessions = retained();
    try {
      return sessions.map(use);
    } finally {
      sessions.ifPresent(OpenSessions::release);
    }
  }

  private synchronized Optional<OpenSessions> retained() {
    open.ifPresent(OpenSessions::retain);
    return open;
  }

  /// Time limit of a batch before the accelerator counts as unresponsive.
  long patienceNanos() {
    long slowest;
    synchronized (this) {
      slowest = open.map(OpenSessions::slowestNanos).orElse(0L);
    }
    long measured = Math.min(LONGEST_PATIENCE.toNanos(), SLOWER_THAN_ALONE * slowest);
    return Math.max(patience.toNanos(), measured);
  }

  /// Frees the sessions for good, after their runs. Idempotent.
  @Override
  public void close() {
    Optional<OpenSessions> unwanted;
    synchronized (this) {
      closed = true;
      unwanted = open;
      open = Optional.empty();
    }
    unwanted.ifPresent(OpenSessions::close);
  }

  @Override
  public String toString() {
    return spec.name() + spec.widths();
  }
}
