package dev.ttsworker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ttsworker.ServingProcess;
import dev.ttsworker.TinyVoices;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packaged command as a user runs it.
final class CommandLineIT {
  @TempDir Path folder;
  private Path config;

  @BeforeEach
  void writeConfig() throws IOException {
    config = ServingProcess.toneOnly(folder, 5_000);
  }

  @Test
  void servesUntilSigtermAndExitsWithZero() throws Exception {
    try (ServingProcess worker = serve()) {
      assertEquals(0, run("health", "--addr", worker.address()).code());
      Path wav = folder.resolve("said.wav");
      Result said = run("say", "one", "--addr", worker.address(), "-o", wav.toString());
      assertEquals(0, said.code(), said.toString());
      assertEquals(44 + 25 * 1920, Files.size(wav));
      worker.signal("TERM");
      assertEquals(0, worker.exitCode());
      assertTrue(worker.log().contains("TTS worker stopped"), worker.log());
      Result unreachable = run("health", "--addr", worker.address());
      assertEquals(2, unreachable.code());
      assertEquals(1, unreachable.output().lines().count(), unreachable.toString());
    }
  }

  @Test
  void pythonClientFindsNothingWrong() throws Exception {
    Path python = Path.of("target/python/bin/python").toAbsolutePath();
    assumeTrue(Files.isExecutable(python), "no Python with grpcio; .ci/run makes one");
    try (ServingProcess worker = serve()) {
      assertEquals(0, run("health", "--addr", worker.address()).code());
      Result checked =
          result(
              new ProcessBuilder(
                      python.toString(), "scripts/test-connection.py", "--addr", worker.address())
                  .redirectErrorStream(true));
      assertEquals(0, checked.code(), checked.toString());
    }
  }

  @Test
  void busyPortIsToldAndExitsWithOne() throws Exception {
    try (ServingProcess worker = serve()) {
      Result second = run("serve", "--config", config.toString(), "--port", worker.port());
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

  private Result run(String... arguments) throws Exception {
    return result(ServingProcess.command(folder, arguments));
  }

  private static Result result(ProcessBuilder builder) throws Exception {
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }

  private ServingProcess serve() throws Exception {
    return ServingProcess.start(
        ServingProcess.command(folder, "serve", "--config", config.toString()));
  }
}
