package dev.ttsworker.cli;

import dev.ttsworker.bench.BenchCommand;
import picocli.CommandLine;

/// The commands of a checkout; `serve` starts no worker.
final class AllCommands {
  private AllCommands() {}

  static CommandLine commandLine() {
    return Commands.commandLine(
            (config, installation, progress) -> {
              throw new UnsupportedOperationException("no worker here");
            })
        .addSubcommand("bench", new BenchCommand());
  }
}
