package dev.ttsworker.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// What a command printed and how it ended.
///
/// @param code its exit code
/// @param output standard output and standard error as they came
record CommandRun(int code, String output) {
  /// Runs a command in this process, which must run no other meanwhile.
  static CommandRun here(String... line) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (PrintStream both = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
      System.setOut(both);
      System.setErr(both);
      int code = Commands.execute(AllCommands.commandLine(), line);
      both.flush();
      return new CommandRun(code, printed.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  /// Runs a command in a process of its own, with nothing on its standard input.
  static CommandRun of(ProcessBuilder builder) throws Exception {
    return of(builder, "");
  }

  /// Runs a command in a process of its own.
  static CommandRun of(ProcessBuilder builder, String input) throws Exception {
    Process process = builder.start();
    try (var stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new CommandRun(process.waitFor(), output);
  }
}
