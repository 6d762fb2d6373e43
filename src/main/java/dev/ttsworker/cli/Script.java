package dev.ttsworker.cli;

import dev.ttsworker.config.Installation;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Script that comes with the worker and also runs without it.
final class Script {
  private Script() {}

  /// Runs it in the caller's folder and on the caller's terminal.
  ///
  /// @param interpreter found on the PATH
  /// @param name of a file in `scripts`
  /// @return its exit code
  /// @throws WorkerException when there is no such interpreter here
  static int run(String interpreter, String name, List<String> arguments)
      throws InterruptedException {
    Path script = Installation.current().home().resolve("scripts").resolve(name);
    List<String> command = new ArrayList<>(List.of(interpreter, script.toString()));
    command.addAll(arguments);
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new WorkerException(
          ErrorCode.INVALID_CONFIGURATION,
          "scripts/" + name + " needs " + interpreter + ", which is not on the PATH here",
          e);
    }
  }
}
