package dev.ttsworker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The commands that stand in the shell blocks of README and documents.
public final class DocumentedCommands {
  private static final Pattern BLOCK =
      Pattern.compile("^ *```(?:sh|bash)\\n(.*?)^ *```", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern OPEN_QUOTE = Pattern.compile("[^']*'(?:[^']*'[^']*')*[^']*");

  private DocumentedCommands() {}

  /// A command.
  ///
  /// @param file where it stands
  /// @param line as a shell reads it, without its indentation; of several lines when a quote is
  ///   open over them
  public record Command(Path file, String line) {
    /// The line without the variables that it sets in front.
    public String withoutVariables() {
      return line.replaceFirst("^(?:[A-Z_]+=(?:\"[^\"]*\"|\\S)*\\s+)+", "");
    }

    /// What it runs, such as `./tts-worker` or `docker`.
    public String program() {
      return withoutVariables().replaceFirst("(?s)\\s.*", "");
    }
  }

  /// All of them, in order.
  public static List<Command> all() {
    try (Stream<Path> documents = Files.list(Path.of("docs"))) {
      return Stream.concat(
              Stream.of("README.md", "SECURITY.md", "CONTRIBUTING.md", "proto/README.md")
                  .map(Path::of),
              documents.filter(file -> file.toString().endsWith(".md")).sorted())
          .flatMap(DocumentedCommands::in)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Command> in(Path file) {
    try {
      return BLOCK
          .matcher(Files.readString(file))
          .results()
          .flatMap(block -> commands(block.group(1)))
          .map(line -> new Command(file, line));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> commands(String block) {
    Stream.Builder<String> commands = Stream.builder();
    String held = "";
    for (String line : block.replace("\\\n", " ").lines().toList()) {
      held = held.isEmpty() ? line.strip() : held + "\n" + line;
      if (!held.isEmpty() && !OPEN_QUOTE.matcher(held.replaceAll("\\\\'", "")).matches()) {
        if (!held.startsWith("#")) {
          commands.add(held);
        }
        held = "";
      }
    }
    return commands.build();
  }
}
