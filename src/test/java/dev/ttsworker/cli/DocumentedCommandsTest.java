package dev.ttsworker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.fixture.DocumentedCommands;
import dev.ttsworker.fixture.DocumentedCommands.Command;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Commands in README and documents are such as the worker and its scripts take.
final class DocumentedCommandsTest {
  /// Programs of others, which documents may name.
  private static final Set<String> OTHERS =
      Set.of(
          "chmod",
          "curl",
          "docker",
          "echo",
          "export",
          "grpcurl",
          "keytool",
          "lsof",
          "mkdir",
          "mvn",
          "node",
          "npm",
          "openssl",
          "pip",
          "podman",
          "printf",
          "python",
          "python3",
          "redis-cli",
          "tail");

  private static final Pattern OPTION = Pattern.compile(" (--[a-z][a-z-]*)");

  @TempDir Path folder;

  static Stream<Command> all() {
    return DocumentedCommands.all().stream();
  }

  static Stream<Command> ofTheWorker() {
    return all().filter(command -> command.program().equals("./tts-worker"));
  }

  static Stream<Command> ofScripts() {
    return all().filter(command -> command.program().matches("(\\./)?scripts/.*"));
  }

  @Test
  void areFound() {
    assertTrue(ofTheWorker().count() > 10);
    assertTrue(ofScripts().count() > 4);
  }

  @ParameterizedTest
  @MethodSource("all")
  void runSomethingThatIsKnown(Command command) {
    String program = command.program();
    boolean own = program.equals("./tts-worker") || Files.isExecutable(Path.of(program));
    assertTrue(own || OTHERS.contains(program), command.toString());
  }

  @ParameterizedTest
  @MethodSource("ofTheWorker")
  void areTakenByTheWorker(Command command) throws Exception {
    List<String> words = words(command);
    AllCommands.commandLine().parseArgs(words.subList(1, words.size()).toArray(String[]::new));
  }

  @ParameterizedTest
  @MethodSource("ofScripts")
  void haveOptionsOfTheirScript(Command command) throws IOException {
    Path script = Path.of(command.program());
    String text = Files.readString(script);
    String python = script.toString().replaceFirst("\\.sh$", ".py");
    String both = text + (Files.exists(Path.of(python)) ? Files.readString(Path.of(python)) : "");
    OPTION
        .matcher(command.line().replaceFirst("#.*", ""))
        .results()
        .forEach(option -> assertTrue(both.contains(option.group(1)), command.toString()));
  }

  /// The words of a command up to what it is piped or redirected to, as a shell parts them.
  private List<String> words(Command command) throws Exception {
    String printed =
        "print() { for word; do printf '%s\\0' \"$word\"; done; }; print "
            + command.withoutVariables().replaceFirst(" [|<>&].*", "");
    Process shell =
        new ProcessBuilder("sh", "-c", printed)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    try (InputStream out = shell.getInputStream()) {
      String words = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, shell.waitFor(), words);
      return List.of(words.split("\0"));
    }
  }
}
