package dev.ttsworker.cli;

import dev.ttsworker.config.Installation;
import dev.ttsworker.config.WorkerConfig;
import dev.ttsworker.lifecycle.Server;
import dev.ttsworker.voicepack.install.InstallProgress;

/// Starts the worker of `serve`.
@FunctionalInterface
public interface WorkerStarter {
  /// Returns once the port is open; the caller closes the worker.
  ///
  /// @throws dev.ttsworker.error.WorkerException when it cannot start
  Server start(WorkerConfig config, Installation installation, InstallProgress progress);
}
