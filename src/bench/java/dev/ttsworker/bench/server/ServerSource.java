package dev.ttsworker.bench.server;

/// A server that can be measured, running already or to be started.
public interface ServerSource {
  String name();

  /// Connects to the server, after starting it where it is not running; the caller closes it.
  ///
  /// @throws dev.ttsworker.error.WorkerException when it cannot be started
  RunningServer start() throws InterruptedException;
}
