package dev.ttsworker.engine;

import java.util.ArrayDeque;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Cancellation token: ends the work of a call, once. Any thread may cancel or ask.
///
/// Callbacks run on the cancelling thread while the signal's lock is held, so after
/// [Registration#close] has returned the callback is not running and never will: a native object it
/// touches can be freed then. Callbacks must be short and must not wait. One that throws does not
/// keep the others from running; what it throws is logged, since the canceller cannot act on it.
public final class CancellationToken {
  private static final Logger LOG = LoggerFactory.getLogger(CancellationToken.class);

  private final Object lock = new Object();
  private final Queue<Callback> callbacks = new ArrayDeque<>();
  private volatile boolean cancelled;

  /// Cancels, and runs all callbacks in the order of their registration; every further call does
  /// nothing.
  public void cancel() {
    synchronized (lock) {
      if (cancelled) {
        return;
      }
      cancelled = true;
      // One by one: a callback may close the registration of another.
      for (Callback next = callbacks.poll(); next != null; next = callbacks.poll()) {
        next.run();
      }
    }
  }

  public boolean isCancelled() {
    return cancelled;
  }

  /// Runs `callback` when the signal is cancelled; at once when it is already.
  public Registration onCancel(Runnable callback) {
    Callback added = new Callback(callback);
    synchronized (lock) {
      if (cancelled) {
        added.run();
      } else {
        callbacks.add(added);
      }
    }
    return added;
  }

  /// Takes a callback back.
  public interface Registration extends AutoCloseable {
    /// Returns only when the callback is neither running nor going to run. Idempotent.
    @Override
    void close();
  }

  private final class Callback implements Registration {
    private final Runnable action;

    Callback(Runnable action) {
      this.action = action;
    }

    void run() {
      try {
        action.run();
      } catch (Throwable e) {
        LOG.atError().setCause(e).log("A callback of a cancelled call failed");
      }
    }

    @Override
    public void close() {
      synchronized (lock) {
        boolean _ = callbacks.remove(this);
      }
    }
  }
}
