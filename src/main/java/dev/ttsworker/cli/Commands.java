package dev.ttsworker.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IFactory;

/// The `tts-worker` command.
@Command(
    name = "tts-worker",
    description = "Streamed text to streamed speech over gRPC.",
    mixinStandardHelpOptions = true,
    footer = "%nIn a checkout, tts-worker bench measures a worker under load.",
    versionProvider = Version.class)
public final class Commands {
  private static final List<Class<?>> COMMANDS =
      List.of(
          ServeCommand.class,
          SayCommand.class,
          TextCommand.class,
          VoicesCommand.class,
          HealthCommand.class,
          CheckConfigCommand.class,
          PreflightCommand.class,
          TestConnectionCommand.class,
          HelpCommand.class);

  /// Runs one command.
  ///
  /// @param starter starts the worker of `serve`
  /// @return 0 for success, 1 for a failure, 2 for a command line that is wrong
  public static int run(WorkerStarter starter, String... args) {
    return execute(commandLine(starter, args), args);
  }

  /// Ends the process by halting it: the runtime's own exit hook races with a normal exit.
  public static void exit(int code) {
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

  /// Runs a command that is not among those of [Commands], as they are run.
  ///
  /// @param command of picocli
  public static int run(Object command, String... args) {
    return execute(configured(new CommandLine(command)), args);
  }

  /// The command with all of its subcommands.
  static CommandLine commandLine(WorkerStarter starter) {
    return commandLine(starter, COMMANDS);
  }

  /// The command with those of its subcommands that a command line may mean. To know all of them
  /// takes picocli half a second.
  private static CommandLine commandLine(WorkerStarter starter, String... args) {
    List<Class<?>> meant =
        COMMANDS.stream()
            .filter(type -> type != HelpCommand.class && args.length > 0 && isNamed(type, args[0]))
            .toList();
    return commandLine(starter, meant.isEmpty() ? COMMANDS : meant);
  }

  private static boolean isNamed(Class<?> command, String name) {
    return command.getAnnotation(Command.class).name().equals(name);
  }

  private static CommandLine commandLine(WorkerStarter starter, List<Class<?>> commands) {
    IFactory factory = new Factory(starter, CommandLine.defaultFactory());
    CommandLine all = new CommandLine(new Commands(), factory);
    for (Class<?> command : commands) {
      all.addSubcommand(new CommandLine(command, factory));
    }
    return configured(all);
  }

  private static CommandLine configured(CommandLine command) {
    return command
        .setCaseInsensitiveEnumValuesAllowed(true)
        // A text to be said may begin with @.
        .setExpandAtFiles(false)
        .setExecutionExceptionHandler(new FailurePrinter());
  }

  /// Gives `serve` what it starts.
  private record Factory(WorkerStarter starter, IFactory rest) implements IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      return type == ServeCommand.class ? type.cast(new ServeCommand(starter)) : rest.create(type);
    }
  }
}
