package dev.ttsworker.model;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The present [Standing], and the place to wait for the first one. Thread-safe; its lock is a
/// leaf.
final class DefaultVoice {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile Standing standing = new Standing.Loading();

  Standing standing() {
    return standing;
  }

  /// After [Standing.Closed] nothing changes any more.
  void become(Standing next) {
    lock.lock();
    try {
      if (!(standing instanceof Standing.Closed)) {
        standing = next;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Waits while the first model is loading.
  ///
  /// @throws WorkerException `CALL_CANCELLED` when interrupted, `DRAINING` when closed
  Standing decided() {
    try {
      lock.lockInterruptibly();
      try {
        while (standing instanceof Standing.Loading) {
          changed.await();
        }
      } finally {
        lock.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WorkerException(
          ErrorCode.CALL_CANCELLED, "Waiting for the default model was ended", e);
    }
    Standing decided = standing;
    if (decided instanceof Standing.Closed) {
      throw new WorkerException(ErrorCode.DRAINING, decided.describe());
    }
    return decided;
  }

  /// Waits while the first model is loading.
  ///
  /// @throws WorkerException as [#decided], and `MODEL_LOAD_FAILED` at once while nothing can speak
  Standing.Speaking speaking() {
    return switch (decided()) {
      case Standing.Speaking speaking -> speaking;
      case Standing.Unable unable ->
          throw new WorkerException(ErrorCode.MODEL_LOAD_FAILED, unable.describe());
      case Standing.Loading loading ->
          throw new WorkerException(ErrorCode.MODEL_LOADING, loading.describe());
      case Standing.Closed closed ->
          throw new WorkerException(ErrorCode.DRAINING, closed.describe());
    };
  }
}
