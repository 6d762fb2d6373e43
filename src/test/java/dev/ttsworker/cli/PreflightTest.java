package dev.ttsworker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which line `scripts/preflight-check.sh` names for a container, on machines that are made up of
/// the commands on their PATH.
final class PreflightTest {
  /// What the script and the fakes need of a system; nothing else is on the PATH.
  private static final List<String> TOOLS =
      List.of("sh", "awk", "cat", "df", "dirname", "grep", "sed", "tail");

  private static final String CPU_LINE = " up tts-worker-0 (on the CPU)";
  private static final String GPU_LINE =
      " -f docker-compose.yml -f docker-compose.gpu.yml up tts-worker-0 (on the GPU)";

  private static final String GPU =
      "case \"$*\" in *query*) echo 'NVIDIA L4, 22000 MiB, 580.1' ;; esac";
  private static final String PLAIN_ENGINE =
      """
      case "$*" in
        'compose version') echo 'Docker Compose version v2.40.3' ;;
        info*) echo '{"Runtimes":{"runc":{"path":"runc"}},"DefaultRuntime":"runc"}' ;;
        version*) echo '{"Platform":{"Name":"Docker Engine - Community"},"Version":"28.5.1"}' ;;
        *) exit 1 ;;
      esac
      """;
  private static final String DEAD_ENGINE =
      """
      echo 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock.' >&2
      exit 1
      """;
  private static final String PODMAN = "[ \"$*\" = 'compose version' ]";
  private static final String TOOLKIT_WITH_CDI = "echo nvidia.com/gpu=0; echo nvidia.com/gpu=all";

  @TempDir Path folder;
  private Path bin;

  @BeforeEach
  void layOut() throws IOException {
    bin = Files.createDirectories(folder.resolve("bin"));
    for (String tool : TOOLS) {
      Path real =
          Stream.of("/usr/bin", "/bin")
              .map(directory -> Path.of(directory, tool))
              .filter(Files::isExecutable)
              .findFirst()
              .orElseThrow(() -> new AssertionError(tool + " is not in /usr/bin or /bin"));
      command(tool, "exec " + real + " \"$@\"");
    }
    command("uname", "echo x86_64");
    Path home = folder.resolve("checkout");
    for (String file : List.of("scripts/preflight-check.sh", "scripts/jdk.sh")) {
      Files.createDirectories(home.resolve(file).getParent());
      Files.copy(Path.of(file), home.resolve(file));
    }
    Files.writeString(home.resolve("docker-compose.yml"), "");
  }

  @Test
  void withoutAGpuTheLineIsThePlainOne() throws Exception {
    command("docker", PLAIN_ENGINE);
    assertEquals("OK    containers: docker compose" + CPU_LINE, containers());
    command("nvidia-smi", "exit 9");
    assertEquals("OK    containers: docker compose" + CPU_LINE, containers(), "no driver");
  }

  @Test
  void theRuntimeOrItsHookOrADeviceBringsTheGpu() throws Exception {
    command("nvidia-smi", GPU);
    command("docker", PLAIN_ENGINE.replace("\"Runtimes\":{", "\"Runtimes\":{\"nvidia\":{},"));
    assertEquals("OK    containers: docker compose" + GPU_LINE, containers());
    String device = "{\"DiscoveredDevices\":[{\"ID\":\"nvidia.com/gpu=0\"}],";
    command("docker", PLAIN_ENGINE.replace("echo '{\"Runtimes", "echo '" + device + "\"Runtimes"));
    assertEquals("OK    containers: docker compose" + GPU_LINE, containers());
    command("docker", PLAIN_ENGINE);
    command("nvidia-container-runtime-hook", "");
    assertEquals("OK    containers: docker compose" + GPU_LINE, containers());
  }

  @Test
  void aGpuWithoutToolkitStaysOnTheCpuWithAWarning() throws Exception {
    command("nvidia-smi", GPU);
    command("docker", PLAIN_ENGINE);
    assertCannotGiveTheGpu("docker");
    // Docker wants more than the toolkit's program: its own configuration.
    command("nvidia-ctk", TOOLKIT_WITH_CDI);
    assertCannotGiveTheGpu("docker");
  }

  @Test
  void onArmThereIsNoRuntimeForGpus() throws Exception {
    command("nvidia-smi", GPU);
    command("nvidia-container-runtime-hook", "");
    command("docker", PLAIN_ENGINE);
    command("uname", "echo aarch64");
    assertEquals("OK    containers: docker compose" + CPU_LINE, containers());
    assertTrue(
        run().contains("WARN  there is no ONNX Runtime for GPUs for aarch64; the worker will run"));
  }

  @Test
  void podmanGetsGpusByCdi() throws Exception {
    command("podman", PODMAN);
    assertEquals("OK    containers: podman compose" + CPU_LINE, containers());
    command("nvidia-smi", GPU);
    assertCannotGiveTheGpu("podman");
    command("nvidia-ctk", "echo 'INFO[0000] Found 0 CDI devices' >&2");
    assertCannotGiveTheGpu("podman");
    command("nvidia-ctk", TOOLKIT_WITH_CDI);
    assertEquals("OK    containers: podman compose" + GPU_LINE, containers());
    command("docker", PLAIN_ENGINE.replace("Docker Engine - Community", "Podman Engine"));
    assertEquals("OK    containers: docker compose" + GPU_LINE, containers(), "podman's API");
  }

  @Test
  void composeMayBeAProgramOfItsOwnOrMissing() throws Exception {
    command("podman", "exit 125");
    assertEquals(
        "OK    containers: podman is here, Compose is not: see \"Without Compose\" in"
            + " docs/DOCKER_SETUP.md",
        containers());
    command("podman-compose", "");
    assertEquals("OK    containers: podman-compose" + CPU_LINE, containers());
    assertTrue(
        Files.readString(Path.of("docs/DOCKER_SETUP.md")).contains("Without Compose"),
        "what it points to");
  }

  @Test
  void withoutAnEngineTheWorkerStartsWithoutContainers() throws Exception {
    assertEquals(
        "OK    containers: no docker and no podman here; without one: ./tts-worker serve",
        containers());
    command("docker", DEAD_ENGINE);
    assertEquals(
        "WARN  containers: Docker's engine does not answer (Cannot connect to the Docker daemon at"
            + " unix:///var/run/docker.sock.); without one: ./tts-worker serve",
        containers());
    command("podman", PODMAN);
    assertEquals("OK    containers: podman compose" + CPU_LINE, containers());
  }

  private void assertCannotGiveTheGpu(String engine) throws Exception {
    assertEquals(
        "WARN  containers: "
            + engine
            + " compose up tts-worker-0 (on the CPU: "
            + engine
            + " cannot give the GPU to a container until the NVIDIA Container Toolkit is installed"
            + " and configured; see docs/DOCKER_SETUP.md)",
        containers());
  }

  /// The one line about containers.
  private String containers() throws Exception {
    List<String> lines =
        run().lines().filter(line -> line.matches("\\w+ +containers: .*")).toList();
    assertEquals(1, lines.size(), lines.toString());
    return lines.getFirst();
  }

  private String run() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(folder.resolve("checkout/scripts/preflight-check.sh").toString());
    builder.redirectErrorStream(true).environment().clear();
    builder.environment().putAll(Map.of("PATH", bin.toString(), "TTS_JAVA_HOME", "/nowhere"));
    Process process = builder.start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(1, process.waitFor(), "no Java here, so it fails: " + text);
    return text;
  }

  private void command(String name, String body) throws IOException {
    Path file = bin.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
