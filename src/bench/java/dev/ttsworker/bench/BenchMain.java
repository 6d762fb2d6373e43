package dev.ttsworker.bench;

import dev.ttsworker.cli.Commands;

/// Entry point of `tts-worker bench`.
public final class BenchMain {
  private BenchMain() {}

  /// Runs the benchmark and ends the process.
  public static void main(String[] args) {
    Commands.exit(Commands.run(new BenchCommand(), args));
  }
}
