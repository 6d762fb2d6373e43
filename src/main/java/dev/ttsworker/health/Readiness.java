package dev.ttsworker.health;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Readiness of the worker, with its reason. Thread-safe.
public final class Readiness {
  /// In the order of a worker's lifecycle.
  public enum State {
    /// No voice has completed its warm-up yet.
    LOADING,
    /// A voice can speak.
    SERVING,
    /// No voice can speak; the worker keeps retrying.
    UNABLE,
    /// Shutting down; final.
    DRAINING
  }

  /// State with its reason.
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

  /// Changes the state; no effect after [State#DRAINING].
  public synchronized void transitionTo(State state, String reason) {
    Status next = new Status(state, reason);
    if (status.state() == State.DRAINING || next.equals(status)) {
      return;
    }
    status = next;
    listeners.forEach(listener -> listener.accept(next));
  }

  /// Notifies `listener` of the present state at once and of every change from now on, in order. It
  /// must not block.
  public synchronized void addListener(Consumer<Status> listener) {
    listeners.add(listener);
    listener.accept(status);
  }
}
