package dev.ttsworker.cli;

/// For commands that start no worker.
final class NoWorker {
  static final WorkerStarter STARTER =
      (config, installation, progress) -> {
        throw new UnsupportedOperationException("no worker here");
      };

  private NoWorker() {}
}
