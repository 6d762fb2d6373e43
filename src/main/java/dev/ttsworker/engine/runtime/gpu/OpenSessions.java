package dev.ttsworker.engine.runtime.gpu;

import dev.ttsworker.engine.runtime.Graph;
import dev.ttsworker.engine.runtime.RefCount;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Open sessions of one stage on one accelerator: for each width one for each batch size.
/// Reference-counted by their runs: freed after [#close] with the last run. Thread-safe.
final class OpenSessions implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpenSessions.class);

  private final Map<Integer, TreeMap<Integer, Session>> byWidth = new TreeMap<>();
  private final List<Session> all;
  private final LimitedCalls calls;
  private final RefCount references = new RefCount(this::free);

  /// Takes ownership of the sessions.
  ///
  /// @param all the largest one last
  OpenSessions(List<Session> all, LimitedCalls calls) {
    this.all = List.copyOf(all);
    this.calls = calls;
    for (Session session : all) {
      byWidth.computeIfAbsent(session.width(), _ -> new TreeMap<>()).put(session.batch(), session);
    }
  }

  /// Session of one fixed shape.
  ///
  /// @param batch items
  /// @param share of the accelerator's memory
  /// @param runNanos time of a run at the opening
  /// @param lock held by a run where concurrent runs would need more memory than the share; empty
  ///   where memory is not limited
  record Session(
      Graph graph,
      int width,
      int batch,
      GpuMemoryBudget.Share share,
      long runNanos,
      Optional<ReentrantLock> lock)
      implements AutoCloseable {
    <T> T exclusively(Supplier<T> run) {
      lock.ifPresent(ReentrantLock::lock);
      try {
        return run.get();
      } finally {
        lock.ifPresent(ReentrantLock::unlock);
      }
    }

    /// Releases its memory share even if the runtime fails to close it.
    @Override
    public void close() {
      try {
        graph.close();
      } finally {
        share.close();
      }
    }
  }

  /// The smallest session for this many items.
  Session session(int width, int items) {
    TreeMap<Integer, Session> bySize = byWidth.get(width);
    Map.Entry<Integer, Session> smallest = bySize == null ? null : bySize.ceilingEntry(items);
    if (smallest == null) {
      throw new IllegalArgumentException("no session for " + items + " items of width " + width);
    }
    return smallest.getValue();
  }

  /// Run time of the largest session at the opening. That of the first session includes loading the
  /// libraries.
  long slowestNanos() {
    return all.isEmpty() ? 0 : all.getLast().runNanos();
  }

  void retain() {
    references.retain();
  }

  void release() {
    references.release();
  }

  @Override
  public void close() {
    references.close();
  }

  private void free() {
    calls.close("closing %d sessions".formatted(all.size()), this::closeAll);
  }

  /// Closes each, even when others fail.
  private void closeAll() {
    for (Session session : all) {
      try {
        session.close();
      } catch (RuntimeException | Error e) {
        LOG.atError().setCause(e).log("A session on an accelerator did not close");
      }
    }
  }
}
