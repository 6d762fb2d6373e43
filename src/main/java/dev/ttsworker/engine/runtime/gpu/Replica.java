package dev.ttsworker.engine.runtime.gpu;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.runtime.Graph;
import dev.ttsworker.engine.runtime.gpu.OpenSessions.Session;
import dev.ttsworker.engine.runtime.gpu.SessionOpener.SizedShape;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Replica of a graph on one accelerator: a session for each width and batch size, since
/// convolutions are planned again for each new shape. The first session takes any window; the
/// others are opened in the background. Thread-safe: it may be reloaded and closed while it runs;
/// the sessions of a run are freed after it.
final class Replica implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Replica.class);

  /// Allowed factor of the run time on an idle device.
  private static final int SLOWER_THAN_ALONE = 10;

  private static final Duration LONGEST_PATIENCE = Duration.ofSeconds(20);

  private final Workload work;
  private final SessionOpener opener;
  private final Duration patience;
  private final Executor background;
  private final Consumer<Throwable> failures;
  private Optional<OpenSessions> open = Optional.empty();
  private boolean closed;

  /// @param opener opens the sessions at each load
  /// @param patience time limit of a batch, at least
  /// @param background opens all sessions but the first, one after the other
  /// @param failures receives the failure of one that cannot be opened
  Replica(
      Workload work,
      SessionOpener opener,
      Duration patience,
      Executor background,
      Consumer<Throwable> failures) {
    this.work = work;
    this.opener = opener;
    this.patience = patience;
    this.background = background;
    this.failures = failures;
  }

  /// Loader of the graph onto the accelerator.
  @FunctionalInterface
  interface Loader {
    /// Loads the graph onto the accelerator.
    ///
    /// @param memoryLimitBytes most memory it may use there; 0 for no limit
    Graph load(long memoryLimitBytes);
  }

  /// Opens the sessions again: the first one now, and runs it, the others in the background. No
  /// operation after [#close]; sessions that open during a close are closed.
  ///
  /// @throws dev.ttsworker.error.WorkerException when the first cannot be loaded or run; then none
  ///   is open
  void load() {
    synchronized (this) {
      if (closed) {
        return;
      }
    }
    replaceBy(Optional.empty());
    OpenSessions sessions = opener.open();
    replaceBy(Optional.of(sessions));
    openFurther(sessions, opener.further().iterator());
  }

  private void openFurther(OpenSessions sessions, Iterator<SizedShape> shapes) {
    if (shapes.hasNext() && sessions.isOpen()) {
      try {
        background.execute(() -> openNext(sessions, shapes));
      } catch (RejectedExecutionException e) {
        LOG.debug("{} stays with fewer sessions: the worker is shutting down", this);
      }
    }
  }

  private void openNext(OpenSessions sessions, Iterator<SizedShape> shapes) {
    try {
      if (sessions.isOpen() && opener.add(sessions, shapes.next())) {
        openFurther(sessions, shapes);
      }
    } catch (RuntimeException | Error e) {
      LOG.atWarn().setCause(e).log("{} stays with fewer sessions", this);
      failures.accept(e);
    }
  }

  private void replaceBy(Optional<OpenSessions> sessions) {
    Optional<OpenSessions> unwanted;
    synchronized (this) {
      unwanted = closed ? sessions : open;
      open = closed ? open : sessions;
    }
    unwanted.ifPresent(OpenSessions::close);
  }

  /// The narrowest window that one of this many frames can be padded to; empty when there is none.
  OptionalInt width(int frames) {
    return using(sessions -> Optional.of(sessions.width(frames))).orElse(OptionalInt.empty());
  }

  /// Most items of a batch of windows of this width; 0 when there is none.
  int largestBatch(int width) {
    return using(sessions -> Optional.of(sessions.largestBatch(width))).orElse(0);
  }

  /// Computes a batch.
  ///
  /// @param items at least one, and at most [#largestBatch]
  /// @param stop terminates the run
  /// @return the outputs in the order of the items; empty when the stage is not loaded, since it
  ///   was removed or is being reopened
  Optional<float[][]> run(int width, List<BatchItem> items, CancellationToken stop) {
    return using(sessions ->
        sessions.session(width, items.size()).map(session -> run(session, items, stop)));
  }

  /// Runs the session of this batch size and width on zeros, which every healthy device can.
  ///
  /// @return whether the stage is loaded
  boolean check(int width, int items, CancellationToken stop) {
    return using(sessions ->
            sessions.session(width, items).map(session -> run(session, List.of(), stop)))
        .isPresent();
  }

  private float[][] run(Session session, List<BatchItem> items, CancellationToken stop) {
    return session.exclusively(() ->
        work.run(
            session.graph(),
            session.batch(),
            session.width(),
            items.stream().map(BatchItem::inputs).toList(),
            stop));
  }

  private <T> Optional<T> using(Function<OpenSessions, Optional<T>> use) {
    Optional<OpenSessions> sessions = retained();
    try {
      return sessions.flatMap(use);
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
    return work.name() + work.widths();
  }
}
