package dev.ttsworker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.fixture.DocumentedCommands;
import dev.ttsworker.fixture.DocumentedCommands.Command;
import dev.ttsworker.fixture.ServingProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Commands of README and documents that need nothing but a worker are run, as they stand there,
/// against one that speaks the tone; only its address is another.
final class DocumentedCommandsIT {
  private static final Pattern RUN =
      Pattern.compile("\\./tts-worker (?:say|text|health|test-connection|check-config)\\b");

  @TempDir static Path folder;
  static ServingProcess worker;

  @BeforeAll
  static void start() throws Exception {
    Path config = ServingProcess.toneOnly(folder, 1_000);
    worker =
        ServingProcess.start(
            ServingProcess.command(folder, "serve", "--config", config.toString()));
    Files.writeString(folder.resolve("lines.txt"), "It costs £5.\n");
    // Stands for the launcher: the commands are those of a checkout with an installed voice.
    Path launcher = folder.resolve("tts-worker");
    Files.writeString(
        launcher,
        """
        #!/bin/sh
        case "$1 $*" in
          health*|test-connection*) set -- "$@" --addr %s ;;
          say*--addr*) ;;
          say*) set -- "$@" --config %s ;;
        esac
        exec %s "$@"
        """
            .formatted(
                worker.address(),
                config,
                Path.of("target/tts-worker/tts-worker").toAbsolutePath()));
    assertTrue(launcher.toFile().setExecutable(true));
  }

  @AfterAll
  static void stop() throws Exception {
    worker.close();
  }

  static Stream<Command> commands() {
    Set<String> known = new HashSet<>();
    return DocumentedCommands.all().stream()
        .filter(command -> RUN.matcher(command.line()).lookingAt())
        // What stands in two documents is run once.
        .filter(command -> known.add(command.line().replaceFirst(" +#.*", "")))
        .filter(command -> !command.line().contains("tls/") && !command.line().contains("closed"));
  }

  @Test
  void areFound() {
    assertTrue(commands().count() > 4, commands().toList().toString());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void work(Command command) throws Exception {
    ProcessBuilder builder = ServingProcess.command(folder);
    builder.command("sh", "-c", command.line().replace("localhost:7001", worker.address()));
    CommandRun run = CommandRun.of(builder);
    assertEquals(0, run.code(), command + "\n" + run.output());
  }
}
