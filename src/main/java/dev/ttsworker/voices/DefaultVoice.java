package dev.ttsworker.voices;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Holder of the present [DefaultVoiceState], on which callers can wait for the first one.
/// Thread-safe; its lock is a leaf.
final class DefaultVoice {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile DefaultVoiceState standing = new DefaultVoiceState.Loading();

  DefaultVoiceState standing() {
    return standing;
  }

  /// After [DefaultVoiceState.Closed] nothing changes any more.
  void become(DefaultVoiceState next) {
    lock.lock();
    try {
      if (!(standing instanceof DefaultVoiceState.Closed)) {
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
  DefaultVoiceState decided() {
    try {
      lock.lockInterruptibly();
      try {
        while (standing instanceof DefaultVoiceState.Loading) {
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
    DefaultVoiceState decided = standing;
    if (decided instanceof DefaultVoiceState.Closed) {
      throw new WorkerException(ErrorCode.DRAINING, decided.describe());
    }
    return decided;
  }

  /// Waits while the first model is loading.
  ///
  /// @throws WorkerException as [#decided], and `MODEL_LOAD_FAILED` at once while nothing can speak
  DefaultVoiceState.Speaking speaking() {
    return switch (decided()) {
      case DefaultVoiceState.Speaking speaking -> speaking;
      case DefaultVoiceState.Unable unable ->
          throw new WorkerException(ErrorCode.MODEL_LOAD_FAILED, unable.describe());
      case DefaultVoiceState.Loading loading ->
          throw new WorkerException(ErrorCode.MODEL_LOADING, loading.describe());
      case DefaultVoiceState.Closed closed ->
          throw new WorkerException(ErrorCode.DRAINING, closed.describe());
    };
  }
}
