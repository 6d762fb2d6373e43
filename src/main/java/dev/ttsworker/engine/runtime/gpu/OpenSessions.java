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

/// The sessions of one stage on one accelerator: for each width one for each batch size. Counted by
/// their runs: they are freed after [#close], with the last run. Thread-safe.
final class OpenSessions implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpenSessions.class);

  private final Map<Integer, TreeMap<Integer, Session>> byWidth = new TreeMap<>();
  private final List<Session> all;
  private final LimitedCalls calls;
  private final RefCount references = new RefCount(this::free);

  /// Takes the sessions over.
  ///
  /// @param all the largest one last
  OpenSessions(List<Session> all, LimitedCalls calls) {
    this.all = List.copyOf(all);
    this.calls = calls;
    for (Session session : all) {
      byWidth.computeIfAbsent(session.width(), _ -> new TreeMap<>()).put(session.batch(), session);
    }
  }

  /// One session, which runs in one shape only.
  ///
  /// @param batch items
  /// @param share of the accelerator's memory
  /// @param runNanos what a run took at the opening
  /// @param lock held by a run where runs at once would need more memory than the share; empty
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

    /// Its memory is free for others even if the runtime fails to say so.
    @Override
    public void close() {
      try {
        graph.close();
      } finally {
        share.close();
      }
    }
  }

  /// The smallest session for so many items.
  Session session(int width, int items) {
    TreeMap<Integer, Session> bySize = byWidth.get(width);
    Map.Entry<Integer, Session> smallest = bySize == null ? null : bySize.ceilingEntry(items);
    if (smallest == null) {
      throw new IllegalArgumentException("no session for " + items + " items of width " + width);
    }
    return smallest.getValue();
  }

  /// What a run of the largest session took at the opening. The first session's would tell how long
  /// it takes to load the libraries.
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

  /// Closes each, whatever becomes of the others.
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
