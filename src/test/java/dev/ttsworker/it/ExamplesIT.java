package dev.ttsworker.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ttsworker.fixture.TestWorker;
import dev.ttsworker.health.Readiness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The example clients, run as the README says, against a real worker.
final class ExamplesIT {
  private static final Path PYTHON = Path.of("target/python/bin/python").toAbsolutePath();
  private static final Path NODE_MODULES = Path.of("target/node/node_modules").toAbsolutePath();

  /// `.ci/run` sets it: there the clients must be present.
  private static final boolean REQUIRED = System.getenv("TTS_REQUIRE_CLIENTS") != null;

  @TempDir static Path folder;
  @TempDir Path workspace;
  static TestWorker worker;

  @BeforeAll
  static void start() throws Exception {
    worker = TestWorker.start(folder).await(Readiness.State.SERVING);
  }

  @AfterAll
  static void stop() {
    worker.close();
  }

  private void copy(String... files) throws IOException {
    for (String file : files) {
      Path target = workspace.resolve(file);
      Files.createDirectories(target.resolveSibling(""));
      Files.copy(Path.of(file), target);
    }
  }

  private String run(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command).directory(workspace.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output;
  }

  private static String address() {
    return "localhost:" + worker.worker.port();
  }

  /// Words with their times; what was heard when the text was long enough to be interrupted.
  private static void assertSpoken(String output) {
    assertTrue(output.contains(" ms  Good\n"), output);
    assertTrue(output.contains(" ms  morning\n"), output);
    assertTrue(output.contains("stopped: heard up to '"), output);
  }

  @Test
  void pythonAgentSpeaksAndIsInterrupted() throws Exception {
    boolean there =
        Files.isExecutable(PYTHON)
            && new ProcessBuilder(PYTHON.toString(), "-c", "import grpc_tools").start().waitFor()
                == 0;
    assumeTrue(there || REQUIRED, "no Python with grpcio-tools; .ci/run makes one");
    copy("proto/tts.proto", "examples/agent.py");
    run(
        PYTHON.toString(),
        "-m",
        "grpc_tools.protoc",
        "-I",
        "proto",
        "--python_out=examples",
        "--grpc_python_out=examples",
        "proto/tts.proto");
    assertSpoken(run(PYTHON.toString(), "examples/agent.py", address()));
    assertTrue(Files.size(workspace.resolve("agent.wav")) > 44 + 1920);
  }

  @Test
  void nodeAgentSpeaksAndIsInterrupted() throws Exception {
    assumeTrue(Files.isDirectory(NODE_MODULES) || REQUIRED, "no Node modules; .ci/run gets them");
    copy("proto/tts.proto", "examples/agent.mjs");
    Files.createSymbolicLink(workspace.resolve("node_modules"), NODE_MODULES);
    assertSpoken(run("node", "examples/agent.mjs", address()));
    assertTrue(Files.size(workspace.resolve("agent.raw")) > 1920);
  }

  @Test
  void readmeShowsThePythonAgent() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String agent = Files.readString(Path.of("examples/agent.py"));
    assertTrue(readme.contains("```python\n" + agent + "```\n"), "README.md, From Python");
  }
}
