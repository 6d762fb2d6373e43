package dev.ttsworker;

import dev.ttsworker.cli.Commands;

/// Entry point of the `tts-worker` command.
public final class Main {
  private Main() {}

  /// Runs one command and halts the process: the runtime's own exit hook races with a normal exit.
  /// Exit code 0 for success, 1 for a failure, 2 for a command line that is wrong.
  public static void main(String[] args) {
    int code = Commands.run(Worker::start, args);
    System.out.flush();
    System.err.flush();
    Runtime.getRuntime().halt(code);
  }
}
