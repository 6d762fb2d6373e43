package dev.ttsworker.bench.load;

import java.util.concurrent.TimeUnit;

/// Lets calls begin until it is closed, and knows how many run. Thread-safe.
final class Gate {
  private final int most;
  private int begun;
  private int running;
  private boolean closed;

  /// @param most how many calls it lets begin
  Gate(int most) {
    this.most = most;
  }

  /// May a call begin? If so, [#end] must follow.
  synchronized boolean begin() {
    if (closed || begun == most) {
      return false;
    }
    begun++;
    running++;
    return true;
  }

  synchronized void end() {
    running--;
    notifyAll();
  }

  /// Are all calls over that may begin?
  synchronized boolean exhausted() {
    return begun == most && running == 0;
  }

  synchronized void close() {
    closed = true;
  }

  synchronized int running() {
    return running;
  }

  /// Waits until no call runs; only after [#close].
  ///
  /// @return whether that came within `patienceNanos`
  synchronized boolean awaitNone(long patienceNanos) throws InterruptedException {
    long deadline = System.nanoTime() + patienceNanos;
    while (running > 0) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return true;
  }
}
