package dev.ttsworker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ttsworker.fixture.ServingProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The commands of SECURITY.md, as they are pasted: they make what a worker with TLS, client
/// certificates and tokens needs, and its clients reach it.
@Timeout(180)
final class ClosedPortIT {
  private static final String HOME = "tts.home";

  @TempDir Path folder;

  @BeforeEach
  void installHere() {
    System.setProperty(HOME, folder.toString());
  }

  @AfterEach
  void forgetHome() {
    System.clearProperty(HOME);
  }

  @Test
  void commandsOfTheDocumentCloseThePortAndReachIt() throws Exception {
    assumeTrue(run("command -v openssl").code() == 0, "no openssl");
    List<String> steps = bashBlocks();
    assertEquals(5, steps.size());
    Files.createDirectories(folder.resolve("configs"));
    String configuration = lines(steps.get(3), line -> !line.startsWith("./tts-worker"));
    for (String step : List.of(steps.get(0), steps.get(1), steps.get(2), configuration)) {
      CommandRun made = run("set -e\n" + step);
      assertEquals(0, made.code(), made.toString());
    }
    Path config = configuredHere();
    CommandRun checked = worker("check-config", config.toString());
    assertEquals(0, checked.code(), checked.toString());
    try (ServingProcess worker =
        ServingProcess.start(
            ServingProcess.command(folder, "serve", "--config", config.toString()))) {
      assertTrue(
          worker.log().contains("TLS, client certificates required: yes, tokens: 1"), worker.log());
      for (String command : steps.get(4).lines().toList()) {
        List<String> line = client(command, worker.address());
        CommandRun answer = worker(line.toArray(String[]::new));
        assertEquals(0, answer.code(), line + ": " + answer);
      }
      assertTold(
          worker, "need a token (--token-file)", 0, "health", "--token-file tls/client.token");
      assertTold(worker, "does it speak TLS?", 2, "health", "--ca-file tls/ca.crt");
      assertTold(worker, "UNAUTHENTICATED", 1, "test-connection", "--token-file tls/client.token");
    }
  }

  /// Runs a client with all that it needs but one option.
  private void assertTold(
      ServingProcess worker, String what, int code, String command, String without) {
    String full = "./tts-worker " + command + " --ca-file tls/ca.crt --token-file tls/client.token";
    List<String> line = client(full.replace(" " + without, ""), worker.address());
    if (without.startsWith("--ca-file")) {
      line.removeAll(List.of("--cert-file", "tls/client.crt", "--key-file", "tls/client.key"));
    }
    CommandRun answer = worker(line.toArray(String[]::new));
    assertEquals(code, answer.code(), answer.toString());
    assertTrue(answer.output().contains(what), answer.toString());
  }

  /// A command of the document as arguments, with the certificate that this worker asks for.
  private static List<String> client(String command, String address) {
    String[] words = command.replace("\"Hello.\"", "Hello.").split(" ");
    List<String> line = new ArrayList<>(List.of(words).subList(1, words.length));
    int given = line.indexOf("--addr");
    if (given >= 0) {
      line.subList(given, given + 2).clear();
    }
    line.addAll(List.of("--addr", address));
    line.addAll(List.of("--cert-file", "tls/client.crt", "--key-file", "tls/client.key"));
    return line;
  }

  /// The document's configuration in this folder instead of the worker's, on a free port and with
  /// client certificates.
  private Path configuredHere() throws Exception {
    Path tone = ServingProcess.toneOnly(folder, 1_000);
    String closed =
        Files.readString(folder.resolve("configs/closed.yaml"))
            .replace("#client_ca_file", "client_ca_file")
            .replace(": tls/", ": " + folder + "/tls/");
    return Files.writeString(folder.resolve("closed.yaml"), Files.readString(tone) + closed);
  }

  /// Of the part "Step by step".
  private static List<String> bashBlocks() throws Exception {
    String document = Files.readString(Path.of("SECURITY.md"));
    String part = document.substring(document.indexOf("### Step by step"));
    part = part.substring(0, part.indexOf("### In containers"));
    return Stream.of(part.split("```bash\n"))
        .skip(1)
        .map(block -> block.substring(0, block.indexOf("   ```")).replaceAll("(?m)^ {3}", ""))
        .toList();
  }

  private static String lines(String text, Predicate<String> wanted) {
    return String.join("\n", text.lines().filter(wanted).toList()) + "\n";
  }

  /// A command, with the document's files in this folder.
  private CommandRun worker(String... arguments) {
    return CommandRun.here(
        Stream.of(arguments)
            .map(word -> word.startsWith("tls/") ? folder.resolve(word).toString() : word)
            .toArray(String[]::new));
  }

  private CommandRun run(String script) throws Exception {
    return CommandRun.of(
        new ProcessBuilder("sh", "-c", script)
            .directory(folder.toFile())
            .redirectErrorStream(true));
  }
}
