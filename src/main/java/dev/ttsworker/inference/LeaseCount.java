package dev.ttsworker.inference;

/// Counts the users of something native and frees it after [#close], with the last of them.
/// Thread-safe.
final class LeaseCount implements AutoCloseable {
  private final Runnable free;
  private int leases;
  private boolean closed;
  private boolean freed;

  LeaseCount(Runnable free) {
    this.free = free;
  }

  /// @throws IllegalStateException after close: the caller holds on to something it gave away
  synchronized void take() {
    if (closed) {
      throw new IllegalStateException("Used after it was closed");
    }
    leases++;
  }

  void giveBack() {
    boolean last;
    synchronized (this) {
      leases--;
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
    if (!closed || leases > 0 || freed) {
      return false;
    }
    freed = true;
    return true;
  }
}
