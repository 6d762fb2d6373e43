package dev.ttsworker.inference;

import java.util.ArrayList;
import java.util.List;

/// Says once and for all that a call's work is no longer wanted. Any thread may cancel or ask.
///
/// Callbacks run on the cancelling thread while the signal's lock is held, so after
/// [Registration#close] has returned the callback is not running and never will: a native object it
/// touches can be freed then. Callbacks must be short and must not wait.
public final class CancelSignal {
  private final Object lock = new Object();
  private final List<Runnable> callbacks = new ArrayList<>();
  private volatile boolean cancelled;

  /// Cancels; every further call does nothing.
  public void cancel() {
    synchronized (lock) {
      if (cancelled) {
        return;
      }
      cancelled = true;
      callbacks.forEach(Runnable::run);
      callbacks.clear();
    }
  }

  public boolean isCancelled() {
    return cancelled;
  }

  /// Runs `callback` when the signal is cancelled; at once when it is already.
  public Registration onCancel(Runnable callback) {
    synchronized (lock) {
      if (cancelled) {
        callback.run();
      } else {
        callbacks.add(callback);
      }
    }
    return () -> remove(callback);
  }

  private void remove(Runnable callback) {
    synchronized (lock) {
      callbacks.remove(callback);
    }
  }

  /// Takes a callback back.
  public interface Registration extends AutoCloseable {
    /// Returns only when the callback is neither running nor going to run.
    @Override
    void close();
  }
}
