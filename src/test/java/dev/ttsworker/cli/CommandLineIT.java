package dev.ttsworker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ttsworker.TinyVoices;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packaged command as a user runs it.
final class CommandLineIT {
  private static final Path PROJECT = Path.of("").toAbsolutePath();
  private static final Pattern LISTENING = Pattern.compile("gRPC server listening on port (\\d+)");

  @TempDir Path folder;
  private Path config;

  @BeforeEach
  void writeConfig() throws IOException {
    config =
        Files.write(
            folder.resolve("worker.yaml"),
            List.of(
                "worker: {grpc_host: localhost, grpc_port: 0}",
                "model_manager: {default_model_id: mock-440hz, fallback_model_id: mock-440hz}",
                "voicepacks: {auto_install: false}",
                "metrics: {enabled: false}"));
  }

  @Test
  void servesUntilSigtermAndExitsWithZero() throws Exception {
    try (Running worker = serve()) {
      assertEquals(0, run("health", "--addr", worker.address()).code());
      Path wav = folder.resolve("said.wav");
      Result said = run("say", "one", "--addr", worker.address(), "-o", wav.toString());
      assertEquals(0, said.code(), said.toString());
      assertEquals(44 + 25 * 1920, Files.size(wav));
      assertEquals(0, worker.terminate());
      assertTrue(worker.log().contains("TTS worker stopped"), worker.log());
      Result unreachable = run("health", "--addr", worker.address());
      assertEquals(2, unreachable.code());
      assertEquals(1, unreachable.output().lines().count(), unreachable.toString());
    }
  }

  @Test
  void pythonClientFindsNothingWrong() throws Exception {
    Path python = PROJECT.resolve("target/python/bin/python");
    assumeTrue(Files.isExecutable(python), "no Python with grpcio; .ci/run makes one");
    try (Running worker = serve()) {
      assertEquals(0, run("health", "--addr", worker.address()).code());
      Result checked =
          execute(
              List.of(
                  python.toString(),
                  PROJECT.resolve("scripts/test-connection.py").toString(),
                  "--addr",
                  worker.address()));
      assertEquals(0, checked.code(), checked.toString());
    }
  }

  @Test
  void busyPortIsToldAndExitsWithOne() throws Exception {
    try (Running worker = serve()) {
      String port = worker.address().substring(worker.address().indexOf(':') + 1);
      Result second = run("serve", "--config", config.toString(), "--port", port);
      assertEquals(1, second.code());
      assertTrue(second.output().contains("Address already in use"), second.toString());
    }
  }

  @Test
  void wrongCommandLineExitsWithTwo() throws Exception {
    assertEquals(2, run("serve", "--no-such-option").code());
    assertEquals(2, run("no-such-command").code());
  }

  @Test
  void everyProblemOfTheConfigurationIsToldWithItsLine() throws Exception {
    Path broken =
        Files.write(
            folder.resolve("broken.yaml"),
            List.of("worker:", "  grpc_prt: 7001", "log_level: LOUD"));
    Result checked = run("check-config", broken.toString());
    assertEquals(1, checked.code());
    assertTrue(checked.output().contains("broken.yaml:2"), checked.toString());
    assertTrue(checked.output().contains("grpc_port"), checked.toString());
    assertTrue(checked.output().contains("broken.yaml:3"), checked.toString());
    assertEquals(1, run("serve", "--config", broken.toString()).code());
    assertEquals(0, run("check-config", config.toString()).code());
  }

  @Test
  void speaksInProcessOnTheTinyVoiceAndNamesWhatIsMissing() throws Exception {
    Path wav = folder.resolve("tiny.wav");
    TinyVoices.copy(folder.resolve("voices"));
    Path yaml =
        Files.write(
            folder.resolve("tiny.yaml"),
            List.of("model_manager:", "  voicepack_root: " + folder.resolve("voices")));
    List<String> say = List.of("say", "Good morning.", "--config", yaml.toString());
    Result said = run(join(say, "--voice", "piper-tiny", "-o", wav.toString()));
    assertEquals(0, said.code(), said.toString());
    assertTrue(Files.size(wav) > 44 + 1920);
    Result tone = run(join(say, "--voice", "mock", "-o", wav.toString()));
    assertEquals(0, tone.code(), tone.toString());
    assertEquals(44 + 25 * 1920, Files.size(wav));
    Result missing = run(join(say, "--voice", "piper-tinny"));
    assertEquals(1, missing.code());
    assertTrue(missing.output().contains("Model not found: piper-tinny"), missing.toString());
    Result fast = run(join(say, "--speed", "9"));
    assertTrue(fast.output().contains("allowed: 0.5 to 2.0"), fast.toString());
    Result voices = run("voices", "list", "--config", yaml.toString());
    assertTrue(voices.output().contains("piper-tiny"), voices.toString());
  }

  @Test
  void longCommandLineIsNoProblem() throws Exception {
    Path wav = folder.resolve("long.wav");
    Result said =
        run("say", "a ".repeat(6_000), "--config", config.toString(), "-o", wav.toString());
    assertEquals(0, said.code(), said.toString());
    assertEquals(44 + 25 * 1920, Files.size(wav));
  }

  private record Result(int code, String output) {}

  private static String[] join(List<String> first, String... rest) {
    return Stream.concat(first.stream(), Arrays.stream(rest)).toArray(String[]::new);
  }

  private static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(PROJECT.resolve("target/tts-worker/tts-worker").toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private Result run(String... arguments) throws Exception {
    return execute(command(arguments));
  }

  private Result execute(List<String> command) throws Exception {
    Process process = builder(command).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }

  private ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(Map.of("TTS_JAVA_HOME", System.getProperty("java.home")));
    return builder;
  }

  private Running serve() throws Exception {
    return new Running(builder(command("serve", "--config", config.toString())).start());
  }

  /// A worker that is SERVING.
  private static final class Running implements AutoCloseable {
    private final Process process;
    private final BufferedReader reader;
    private final StringBuilder log = new StringBuilder();
    private String port = "";

    Running(Process process) throws IOException {
      this.process = process;
      this.reader = process.inputReader();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        log.append(line).append('\n');
        Matcher listening = LISTENING.matcher(line);
        if (listening.find()) {
          port = listening.group(1);
        }
        if (line.contains("Model loaded successfully")) {
          return;
        }
      }
      throw new AssertionError("The worker ended: " + log);
    }

    String address() {
      return "localhost:" + port;
    }

    int terminate() throws Exception {
      process.toHandle().destroy();
      reader.lines().forEach(line -> log.append(line).append('\n'));
      return process.waitFor();
    }

    String log() {
      return log.toString();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
