package dev.ttsworker.engine.runtime;

/// Counts the users of something native and frees it after [#close], with the last of them.
/// Thread-safe.
public final class RefCount implements AutoCloseable {
  private final Runnable free;
  private int references;
  private boolean closed;
  private boolean freed;

  /// @param free runs once, on the thread that closes this or gives the last lease back
  public RefCount(Runnable free) {
    this.free = free;
  }

  /// Takes a lease.
  ///
  /// @throws IllegalStateException after close: the caller holds on to something it gave away
  public synchronized void retain() {
    if (closed) {
      throw new IllegalStateException("Used after it was closed");
    }
    references++;
  }

  /// Gives back what [#take] took; once for each.
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
