package dev.ttsworker;

import dev.ttsworker.cli.Commands;

/// Entry point of the `tts-worker` command.
public final class Main {
  private Main() {}

  /// Runs one command and ends the process. Exit code 0 for success, 1 for a failure, 2 for a
  /// command line that is wrong.
  public static void main(String[] args) {
    Commands.exit(Commands.run(Worker::start, args));
  }
}
