package dev.ttsworker.session;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Lock of one call, with its only condition: any change. Thread-safe.
final class CallLock {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /// Reads under the lock.
  <T> T read(Supplier<T> question) {
    lock.lock();
    try {
      return question.get();
    } finally {
      lock.unlock();
    }
  }

  /// Changes under the lock and wakes all who wait for a change.
  void change(Runnable action) {
    lock.lock();
    try {
      action.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void lock() {
    lock.lock();
  }

  void unlock() {
    lock.unlock();
  }

  /// Wakes all who wait; by the holder of the lock.
  void signalAll() {
    changed.signalAll();
  }

  /// Releases the lock until there is a change, at most for `nanos`; by its holder.
  ///
  /// @return the rest of `nanos`, 0 or less after a timeout
  @SuppressWarnings("WaitNotInLoop") // every caller loops
  long awaitChange(long nanos) throws InterruptedException {
    return changed.awaitNanos(nanos);
  }
}
