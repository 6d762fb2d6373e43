package dev.ttsworker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.config.Installation;
import dev.ttsworker.config.WorkerConfig;
import dev.ttsworker.config.reader.ConfigLoader;
import dev.ttsworker.config.reader.Overrides;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// What the Dockerfile and the Compose files must keep to work on the official images and on
/// machines without a GPU. Their health checks are run, with a probe that only says how it was
/// called.
final class ContainersTest {
  /// Keys of a service that make an engine without NVIDIA's runtime refuse its start.
  private static final Set<String> NEEDS_A_DEVICE =
      Set.of("deploy", "devices", "device_requests", "gpus", "runtime", "driver");

  /// Folders of the official Maven image; its JDK is in the last one.
  private static final List<Path> IN_THE_BUILD_IMAGE =
      Stream.of("/", "/opt", "/usr/share/maven", "/usr/lib/jvm", "/root", "/opt/java/openjdk")
          .map(Path::of)
          .toList();

  private static final String BASE = "docker-compose.yml";
  private static final String GPU = "docker-compose.gpu.yml";

  @TempDir Path folder;

  @Test
  void javaIsLinkedIntoAFolderThatTheBuildImageDoesNotHave() throws IOException {
    List<String> linked =
        instructions("RUN")
            .filter(line -> line.contains("link-jre.sh"))
            .map(ContainersTest::lastWord)
            .toList();
    assertEquals(1, linked.size(), linked.toString());
    Path java = Path.of(linked.getFirst());
    for (Path there : IN_THE_BUILD_IMAGE) {
      assertFalse(there.startsWith(java), java + " is there before jlink: " + there);
    }
    assertFalse(java.startsWith("/opt/java/openjdk"), java + " is inside the build image's JDK");
    assertEquals(
        Set.of("--from=jre " + java + " " + java),
        new TreeSet<>(
            instructions("COPY").filter(line -> line.startsWith("--from=jre ")).toList()));
    assertEquals(2, homes().count());
    assertTrue(homes().allMatch(("TTS_JAVA_HOME=" + java)::equals), homes().toList().toString());
  }

  private static Stream<String> homes() throws IOException {
    return instructions("ENV")
        .flatMap(line -> Stream.of(line.split(" ")))
        .filter(word -> word.startsWith("TTS_JAVA_HOME="));
  }

  @Test
  void whatIsInstalledIsLookedUpFirst() throws IOException {
    // The official images come without lists of packages.
    for (String run : instructions("RUN").toList()) {
      int install = run.indexOf("apt-get install");
      assertTrue(install < 0 || run.substring(0, install).contains("apt-get update"), run);
    }
  }

  @Test
  void theCacheLeavesTheBuildImagesMavenSettings() throws IOException {
    List<String> mounts =
        instructions("RUN").filter(line -> line.startsWith("--mount=type=cache")).toList();
    assertEquals(3, mounts.size());
    for (String mount : mounts) {
      assertTrue(mount.contains(",target=/root/.m2/repository,sharing=locked "), mount);
    }
  }

  @Test
  void argumentsAndNamesAreReadAsUtf8() throws IOException {
    assertEquals(2, instructions("ENV").filter(line -> line.contains(" LANG=C.UTF-8")).count());
  }

  @Test
  void whatIsCopiedIsThereAndPassesTheIgnoreFile() throws IOException {
    List<String> passed = Files.readAllLines(Path.of(".dockerignore"));
    List<String> copied =
        instructions("COPY")
            .filter(line -> !line.startsWith("--from="))
            .map(line -> List.of(line.split(" ")))
            .flatMap(words -> words.subList(0, words.size() - 1).stream())
            .toList();
    assertFalse(copied.isEmpty());
    for (String path : copied) {
      assertTrue(Files.exists(Path.of(path)), path);
      assertTrue(passed.contains("!" + path), path + " is left out by .dockerignore");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', '', <-addr=:7001>",
    "7002, '', '', <-addr=:7002>",
    "'', 7003, '', <-addr=:7003>",
    "7002, 7003, '', <-addr=:7002>",
    "7002, '', -tls -tls-no-verify, <-addr=:7002><-tls><-tls-no-verify>",
    "'', '', -addr=:7004, <-addr=:7001><-addr=:7004>",
  })
  void healthChecksAskTheConfiguredPortWithoutJava(
      String grpcPort, String port, String flags, String asked) throws Exception {
    List<String> checks =
        new ArrayList<>(instructions("HEALTHCHECK").map(ContainersTest::afterCmd).toList());
    for (String service : List.of("tts-worker-0", "tts-worker-cpu")) {
      checks.add(composeCheck(service));
    }
    assertEquals(4, checks.size());
    Map<String, String> environment =
        Map.of("WORKER_GRPC_PORT", grpcPort, "WORKER_PORT", port, "HEALTH_PROBE_FLAGS", flags);
    for (String check : checks) {
      assertEquals(asked, probed(check, environment), check);
    }
    assertEquals("<-addr=:7001>", probed(checks.getFirst(), Map.of()), "nothing is set");
  }

  /// How the probe is called by a health check, in which nothing but it and a shell can be run.
  private String probed(String check, Map<String, String> environment) throws Exception {
    Path probe = Files.createDirectories(folder.resolve("bin")).resolve("grpc-health-probe");
    Files.writeString(probe, "#!/bin/sh\nfor flag in \"$@\"; do printf '<%s>' \"$flag\"; done\n");
    Files.setPosixFilePermissions(probe, PosixFilePermissions.fromString("rwxr-xr-x"));
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", check).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("PATH", folder.resolve("bin").toString());
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), check + ": " + said);
    return said;
  }

  @Test
  void imagesContainTheDefaultVoiceWhereNoMountCoversIt() throws IOException {
    WorkerConfig config =
        new ConfigLoader(folder, false, Map.of()).load(Optional.empty(), Overrides.none());
    String voice = config.models().defaultModelId();
    assertTrue(instructions("ARG").toList().contains("VOICE=" + voice), voice);
    assertTrue(
        Files.readString(Path.of("scripts/verify-containers.sh"))
            .contains("\ndefault_voice=" + voice + "\n"));
    String own = new Installation(Path.of("/app"), Path.of("/app/native")).ownVoices().toString();
    List<String> copied =
        instructions("COPY").filter(line -> line.startsWith("--from=voice ")).toList();
    assertEquals(List.of("--from=voice /voices " + own, "--from=voice /voices " + own), copied);
    assertFalse(own.startsWith("/app/voicepacks"), own);
    String ci = Files.readString(Path.of(".ci/run"));
    for (String id : List.of(voice, config.models().fallbackModelId())) {
      assertTrue(ci.contains("voices install " + id), id);
    }
  }

  @Test
  void theBaseFileReservesNoDevice() throws IOException {
    for (Map.Entry<String, Object> service : map(compose(BASE), "services").entrySet()) {
      Set<String> keys = new TreeSet<>(map(service.getValue()).keySet());
      keys.retainAll(NEEDS_A_DEVICE);
      assertEquals(Set.of(), keys, service.getKey());
    }
    assertEquals("cpu", map(service(BASE, "tts-worker-0"), "build").get("target"));
    assertFalse(service(BASE, "tts-worker-0").containsKey("profiles"), "up must start it");
  }

  @Test
  void theOverrideGivesTheGpuAndItsImageToThatWorkerAlone() throws IOException {
    assertEquals(Set.of("tts-worker-0"), map(compose(GPU), "services").keySet());
    Map<String, Object> worker = service(GPU, "tts-worker-0");
    assertEquals("tts-worker:gpu", worker.get("image"));
    assertEquals("gpu", map(worker, "build").get("target"));
    Map<String, Object> reserved = map(map(map(worker, "deploy"), "resources"), "reservations");
    assertEquals(
        List.of(Map.of("driver", "nvidia", "count", 1, "capabilities", List.of("gpu"))),
        reserved.get("devices"));
  }

  @Test
  void whatOthersKnowOfTheWorkerStays() throws IOException {
    WorkerConfig config =
        new ConfigLoader(folder, false, Map.of())
            .load(Optional.of(Path.of("configs/image.yaml")), Overrides.none());
    for (String name : List.of("tts-worker-0", "tts-worker-cpu")) {
      Map<String, Object> worker = service(BASE, name);
      assertEquals(name, worker.get("container_name"));
      assertEquals(List.of("7001:7001", "127.0.0.1:9090:9090"), worker.get("ports"));
      assertEquals(
          List.of(
              "./voicepacks:/app/voicepacks:ro",
              "${TTS_CONFIG:-./configs/image.yaml}:/app/configs/image.yaml:ro",
              "${TTS_TLS:-/dev/null}:/app/tls:ro"),
          worker.get("volumes"));
      assertEquals(
          Map.of("tts-network", Map.of("aliases", List.of("tts"))), worker.get("networks"));
      Duration grace = Duration.parse("PT" + worker.get("stop_grace_period"));
      Duration drain = config.worker().drain();
      assertTrue(grace.compareTo(drain.plusSeconds(5)) >= 0, grace + " for a drain of " + drain);
    }
    assertEquals("tts-network", map(map(compose(BASE), "networks"), "tts-network").get("name"));
  }

  @Test
  void oneDocumentedLineBringsTheGpu() throws IOException {
    String line = "docker compose -f docker-compose.yml -f docker-compose.gpu.yml up tts-worker-0";
    for (String file : List.of(BASE, GPU, "docs/DOCKER_SETUP.md", "docs/runbook.md")) {
      assertTrue(Files.readString(Path.of(file)).contains(line), file);
    }
  }

  /// The lines of the Dockerfile that begin with `keyword`, without it; joined where a `\` ends
  /// them.
  private static Stream<String> instructions(String keyword) throws IOException {
    return Files.readString(Path.of("Dockerfile"))
        .replaceAll("(?m)^\\s*#.*\\R", "")
        .replaceAll("\\s*\\\\\\R\\s*", " ")
        .lines()
        .filter(line -> line.startsWith(keyword + " "))
        .map(line -> line.substring(keyword.length() + 1));
  }

  private static String lastWord(String line) {
    return line.substring(line.lastIndexOf(' ') + 1);
  }

  private static String afterCmd(String line) {
    return line.substring(line.indexOf("CMD ") + 4);
  }

  private static String composeCheck(String service) throws IOException {
    Object test = map(service(BASE, service), "healthcheck").get("test");
    if (test instanceof List<?> words && words.size() == 2 && "CMD-SHELL".equals(words.get(0))) {
      return words.get(1).toString().replace("$$", "$");
    }
    throw new AssertionError(service + ": " + test);
  }

  private static Map<String, Object> service(String file, String name) throws IOException {
    return map(map(compose(file), "services"), name);
  }

  private static Map<String, Object> compose(String file) throws IOException {
    Object root =
        new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(Path.of(file)));
    return map(root);
  }

  private static Map<String, Object> map(Map<String, Object> map, String key) {
    Object value = map.get(key);
    assertTrue(value instanceof Map, key + " in " + map);
    return map(value);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }
}
