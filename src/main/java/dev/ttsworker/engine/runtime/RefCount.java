package dev.ttsworker.engine.runtime;

/// Reference count of a native resource, which is freed after [#close] with the last reference.
/// Thread-safe.
public final class RefCount implements AutoCloseable {
  private final Runnable free;
  private int references;
  private boolean closed;
  private boolean freed;

  /// @param free runs once, on the thread that closes this or releases the last reference
  public RefCount(Runnable free) {
    this.free = free;
  }

  /// Adds a reference.
  ///
  /// @throws IllegalStateException after close
  public synchronized void retain() {
    if (closed) {
      throw new IllegalStateException("Used after it was closed");
    }
    references++;
  }

  /// Releases a reference of [#retain]; once for each.
  public void release() {
    boolean last;
    synchronized (this) {
      references--;
      last = claimFree();
    }
    if (last) {
      free.run();
    }
  }

  @Override
  public void close() {
    boolean last;
    synchronized (this) {
      closed = true;
      last = claimFree();
    }
    if (last) {
      free.run();
    }
  }

  private boolean claimFree() {
    if (!closed || references > 0 || freed) {
      return false;
    }
    freed = true;
    return true;
  }
}
