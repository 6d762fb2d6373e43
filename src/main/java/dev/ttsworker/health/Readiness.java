package dev.ttsworker.health;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Whether the worker can speak, and why. Thread-safe.
public final class Readiness {
  /// In the order of a worker's life.
  public enum State {
    /// No voice has spoken its warm-up yet.
    LOADING,
    /// A voice can speak.
    SERVING,
    /// Nothing can speak; the worker keeps trying.
    UNABLE,
    /// Shutting down, for good.
    DRAINING
  }

  /// A state and why.
  ///
  /// @param reason one line for people, without paths or host names
  public record Status(State state, String reason) {
    public boolean serving() {
      return state == State.SERVING;
    }
  }

  private final List<Consumer<Status>> listeners = new ArrayList<>();
  private Status status = new Status(State.LOADING, "starting");

  public synchronized Status status() {
    return status;
  }

  /// Changes the state; after [State#DRAINING] nothing changes any more.
  public synchronized void become(State state, String reason) {
    Status next = new Status(state, reason);
    if (status.state() == State.DRAINING || next.equals(status)) {
      return;
    }
    status = next;
    listeners.forEach(listener -> listener.accept(next));
  }

  /// Tells `listener` the present state at once and every change from now on, in order. It must not
  /// block.
  public synchronized void listen(Consumer<Status> listener) {
    listeners.add(listener);
    listener.accept(status);
  }
}
