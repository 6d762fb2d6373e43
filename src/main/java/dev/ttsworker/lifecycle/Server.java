package dev.ttsworker.lifecycle;

/// A running worker.
public interface Server extends AutoCloseable {
  /// Calls `action` when an accelerator is in a state that only a new process can leave: calls go
  /// on on the CPU, and its owner should close it.
  ///
  /// @param action runs once, and must not wait
  void whenLost(Runnable action);

  /// Announces the end and goes on serving, new work too, until balancers have had time to find
  /// out. Returns at once when there is nothing to wait for.
  void leave() throws InterruptedException;

  /// Drains and closes.
  @Override
  void close();
}
