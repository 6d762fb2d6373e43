package dev.ttsworker.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/// The `tts-worker` command.
@Command(
    name = "tts-worker",
    description = "Streamed text to streamed speech over gRPC.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      ServeCommand.class,
      SayCommand.class,
      TextCommand.class,
      VoicesCommand.class,
      BenchCommand.class,
      HealthCommand.class,
      CheckConfigCommand.class,
      PreflightCommand.class,
      TestConnectionCommand.class,
      HelpCommand.class
    })
public final class Main {
  private Main() {}

  /// Runs one command and halts the process: the runtime's own exit hook races with a normal exit.
  /// Exit code 0 for success, 1 for a failure, 2 for a command line that is wrong.
  public static void main(String[] args) {
    int code = execute(commandLine(), args);
    System.out.flush();
    System.err.flush();
    Runtime.getRuntime().halt(code);
  }

  /// Runs one command; an error of the virtual machine, too, ends in a sentence and an exit code.
  static int execute(CommandLine command, String... args) {
    try {
      return command.execute(args);
    } catch (Error e) {
      return FailurePrinter.print(e, command.getErr());
    }
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        // A text to be said may begin with @.
        .setExpandAtFiles(false)
        .setExecutionExceptionHandler(new FailurePrinter());
  }
}
