package dev.ttsworker.engine.runtime.gpu;

import dev.ttsworker.engine.runtime.Graph;
import dev.ttsworker.engine.runtime.RefCount;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Open sessions of one stage on one accelerator: for each width one for each batch size, as far as
/// they have been opened. Reference-counted by their runs: freed after [#close] with the last run.
/// Thread-safe.
final class OpenSessions implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpenSessions.class);

  private final TreeMap<Integer, TreeMap<Integer, Session>> byWidth = new TreeMap<>();
  private final LimitedCalls calls;
  private final RefCount references = new RefCount(this::free);
  private boolean closed;

  OpenSessions(LimitedCalls calls) {
    this.calls = calls;
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

  /// Takes a session over.
  ///
  /// @return whether they are still open; else the session is the caller's
  synchronized boolean add(Session session) {
    if (!closed) {
      byWidth.computeIfAbsent(session.width(), _ -> new TreeMap<>()).put(session.batch(), session);
    }
    return !closed;
  }

  synchronized boolean isOpen() {
    return !closed;
  }

  /// The smallest width that holds a window of this many frames.
  synchronized OptionalInt width(int frames) {
    Integer width = byWidth.ceilingKey(frames);
    return width == null ? OptionalInt.empty() : OptionalInt.of(width);
  }

  /// Most items of a batch of this width; 0 without a session.
  synchronized int largestBatch(int width) {
    TreeMap<Integer, Session> bySize = byWidth.get(width);
    return bySize == null ? 0 : bySize.lastKey();
  }

  /// The smallest session for this many items.
  synchronized Optional<Session> session(int width, int items) {
    return Optional.ofNullable(byWidth.get(width))
        .map(bySize -> bySize.ceilingEntry(items))
        .map(Map.Entry::getValue);
  }

  /// Longest run time at the opening.
  synchronized long slowestNanos() {
    return sessions().stream().mapToLong(Session::runNanos).max().orElse(0);
  }

  private synchronized List<Session> sessions() {
    return byWidth.values().stream().flatMap(bySize -> bySize.values().stream()).toList();
  }

  void retain() {
    references.retain();
  }

  void release() {
    references.release();
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    references.close();
  }

  private void free() {
    calls.close("closing %d sessions".formatted(sessions().size()), this::closeAll);
  }

  /// Closes each, even when others fail.
  private void closeAll() {
    for (Session session : sessions()) {
      try {
        session.close();
      } catch (RuntimeException | Error e) {
        LOG.atError().setCause(e).log("A session on an accelerator did not close");
      }
    }
  }
}
