package dev.ttsworker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs the real launcher with a Java and a Maven that only say how they were called.
@Tag("slow")
final class LauncherTest {
  private static final String JAVA =
      """
      #!/bin/sh
      case "$*" in -XshowSettings*) echo "    java.home = ${0%/bin/java}"; exit 0 ;; esac
      echo "java=$0"
      echo "folder=$(pwd -P)"
      echo "telemetry=$ORT_DISABLE_TELEMETRY"
      for argument in "$@"; do echo "<$argument>"; done
      """;

  /// Packages what the launcher looks for, slowly enough that a second launcher meets the first.
  private static final String MAVEN =
      """
      #!/bin/sh
      echo "$*" >> "$MAVEN_CALLS"
      [ -z "${MAVEN_FAILS:-}" ] || { echo "[ERROR] no such symbol"; exit 1; }
      sleep 1
      mkdir -p target/tts-worker/lib
      touch target/tts-worker/lib/b.jar target/tts-worker/lib/B.jar target/tts-worker/lib/a.jar
      case "$*" in *cpu*) printf onnxruntime ;; *) printf onnxruntime_gpu ;; esac > target/tts-worker/.built
      """;

  @TempDir Path folder;
  private Path checkout;
  private Path java;
  private Path bin;
  private Path calls;

  @BeforeEach
  void layOut() throws IOException {
    checkout = folder.resolve("check out");
    java = javaHome("jdk 25", "25.0.3");
    bin = Files.createDirectories(folder.resolve("bin"));
    calls = folder.resolve("calls");
    script(bin.resolve("mvn"), MAVEN);
    copy("tts-worker", checkout);
    copy("scripts/jdk.sh", checkout.resolve("scripts"));
    copy("scripts/runtime.sh", checkout.resolve("scripts"));
    for (String source : List.of("src/main/A.java", "proto/a.proto", ".mvn/jvm.config")) {
      Files.createDirectories(checkout.resolve(source).getParent());
      Files.writeString(checkout.resolve(source), "");
    }
    Files.writeString(checkout.resolve("pom.xml"), "");
  }

  @Test
  void runsInTheCallersFolderThroughALink() throws Exception {
    Path caller = Files.createDirectories(folder.resolve("caller"));
    Path first = Files.createSymbolicLink(bin.resolve("tts"), checkout.resolve("tts-worker"));
    Path link =
        Files.createSymbolicLink(caller.resolve("speak"), Path.of("../bin/" + first.getFileName()));
    Outcome outcome = run(caller, List.of(link.toString(), "say", "two words", ""), Map.of());
    Path home = checkout.toRealPath();
    String lib = home + "/target/tts-worker/lib/";
    assertEquals(0, outcome.status, outcome.text);
    assertEquals(
        List.of(
            "java=" + java + "/bin/java",
            "folder=" + caller.toRealPath(),
            "telemetry=1",
            "<@" + home + "/target/tts-worker/jvm.options>",
            "<-Donnxruntime.native.path=" + home + "/target/tts-worker/native>",
            "<-Dtts.native.directory=" + home + "/target/tts-worker/native>",
            "<-Dtts.home=" + home + ">",
            "<-cp>",
            "<" + String.join(":", lib + "B.jar", lib + "a.jar", lib + "b.jar") + ">",
            "<dev.ttsworker.Main>",
            "<say>",
            "<two words>",
            "<>"),
        outcome.lines().stream().filter(line -> !line.startsWith("tts-worker:")).toList());
  }

  @Test
  void benchmarkIsRunFromACheckoutOnly() throws Exception {
    Outcome packaged = run(folder, List.of(checkout + "/tts-worker", "bench"), Map.of());
    assertEquals(1, packaged.status);
    assertTrue(
        packaged.text.contains("bench needs a checkout; it is not part of the packaged worker"),
        packaged.text);
    Path jar = Files.writeString(checkout.resolve("target/tts-worker-bench.jar"), "");
    Outcome outcome =
        run(folder, List.of(checkout + "/tts-worker", "bench", "--seconds", "1"), Map.of());
    assertEquals(0, outcome.status, outcome.text);
    List<String> lines = outcome.lines();
    assertTrue(lines.get(lines.indexOf("<-cp>") + 1).endsWith(":" + jar.toRealPath() + ">"));
    assertEquals(
        List.of("<dev.ttsworker.bench.BenchMain>", "<--seconds>", "<1>"),
        lines.subList(lines.indexOf("<-cp>") + 2, lines.size()));
  }

  @Test
  void buildsOnlyWhenSourcesAreNewer() throws Exception {
    launch(Map.of());
    launch(Map.of());
    assertEquals(1, builds());
    Instant later = Instant.now().plusSeconds(60);
    Files.setLastModifiedTime(checkout.resolve("proto/a.proto"), FileTime.from(later));
    launch(Map.of());
    assertEquals(2, builds());
  }

  @Test
  void buildsAgainForAnotherRuntime() throws Exception {
    launch(Map.of("TTS_WORKER_PROFILE", "cpu"));
    launch(Map.of("TTS_WORKER_PROFILE", "gpu"));
    launch(Map.of());
    assertEquals(2, builds());
    Outcome wrong = launch(Map.of("TTS_WORKER_PROFILE", "tpu"));
    assertEquals(1, wrong.status);
    assertTrue(
        wrong.text.contains("TTS_WORKER_PROFILE=tpu is unknown; allowed: cpu, gpu"), wrong.text);
  }

  @Test
  void buildsForGpusOnlyWhereThereIsARuntimeForThem() throws Exception {
    for (String machine : List.of("Linux aarch64", "Darwin arm64", "Darwin x86_64")) {
      script(bin.resolve("uname"), "#!/bin/sh\necho '" + machine + "'\n");
      Outcome refused = launch(Map.of("TTS_WORKER_PROFILE", "gpu"));
      assertEquals(1, refused.status, refused.text);
      assertTrue(
          refused.text.contains("there is no ONNX Runtime for GPUs for " + machine + "; take cpu"),
          refused.text);
    }
    assertFalse(Files.exists(calls));
    assertEquals(0, launch(Map.of()).status);
    assertTrue(Files.readString(calls).contains("-P!format,!checks,cpu "), Files.readString(calls));
  }

  @Test
  void twoAtOnceBuildOnceAndTakeADeadBuildersLock() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Files.createDirectories(checkout.resolve("target"));
    Path lock = checkout.resolve("target/.tts-worker-build");
    Files.createSymbolicLink(lock, Path.of(Long.toString(dead.pid())));
    List<String> command = List.of(checkout.resolve("tts-worker").toString(), "text");
    Process first = start(folder, command, Map.of());
    Process second = start(folder, command, Map.of());
    assertEquals(0, outcome(first).status);
    assertEquals(0, outcome(second).status);
    assertEquals(1, builds());
    assertFalse(Files.isSymbolicLink(lock));
  }

  @Test
  void showsTheLogOfAFailedBuild() throws Exception {
    Outcome failed = launch(Map.of("MAVEN_FAILS", "yes"));
    assertEquals(1, failed.status);
    assertTrue(failed.text.contains("[ERROR] no such symbol"), failed.text);
    assertFalse(failed.text.contains("java="), failed.text);
    assertEquals(0, launch(Map.of()).status, "the lock is free again");
  }

  @Test
  void passesOverAnOldJavaHome() throws Exception {
    Path old = javaHome("jdk 17", "17.0.15");
    script(bin.resolve("java"), "#!/bin/sh\nexec '" + java + "/bin/java' \"$@\"\n");
    Outcome outcome = launch(Map.of("TTS_JAVA_HOME", "", "JAVA_HOME", old.toString()));
    assertTrue(outcome.text.contains("java=" + java + "/bin/java"), outcome.text);
  }

  @Test
  void refusesATooOldJavaThatWasAskedFor() throws Exception {
    Path old = javaHome("jdk 17", "17.0.15");
    Outcome outcome = launch(Map.of("TTS_JAVA_HOME", old.toString()));
    assertEquals(1, outcome.status);
    assertTrue(outcome.text.contains("has no javac of Java 25 or newer"), outcome.text);
  }

  @Test
  void packagedFolderRunsWithoutMaven() throws Exception {
    Path app = folder.resolve("app");
    copy("tts-worker", app);
    copy("scripts/jdk.sh", app.resolve("scripts"));
    Files.createDirectories(app.resolve("lib"));
    Files.writeString(app.resolve("lib/tts-worker.jar"), "");
    String text = "word ".repeat(4000);
    Outcome outcome =
        run(folder, List.of(app.resolve("tts-worker").toString(), "say", text), Map.of());
    assertEquals(0, outcome.status, outcome.text);
    assertTrue(outcome.text.contains("<" + text + ">"), "the whole of a long command line arrives");
    assertTrue(outcome.text.contains("<" + app.toRealPath() + "/lib/tts-worker.jar>"));
    assertFalse(outcome.text.contains("AOTCache"), outcome.text);
    Files.writeString(app.resolve("tts-worker.aot"), "");
    Outcome cached = run(folder, List.of(app.resolve("tts-worker").toString(), "say"), Map.of());
    assertTrue(cached.text.contains("<-XX:AOTCache=" + app.toRealPath() + "/tts-worker.aot>"));
    assertFalse(Files.exists(calls));
  }

  private Outcome launch(Map<String, String> environment) throws Exception {
    return run(folder, List.of(checkout.resolve("tts-worker").toString(), "text"), environment);
  }

  private Outcome run(Path caller, List<String> command, Map<String, String> environment)
      throws Exception {
    return outcome(start(caller, command, environment));
  }

  /// Starts with no HOME and nothing else of this process's environment.
  private Process start(Path caller, List<String> command, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(caller.toFile());
    builder.redirectErrorStream(true).environment().clear();
    builder.environment().put("PATH", bin + ":/usr/bin:/bin");
    builder.environment().put("TTS_JAVA_HOME", java.toString());
    builder.environment().put("MAVEN_CALLS", calls.toString());
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static Outcome outcome(Process process) throws Exception {
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), text);
  }

  private int builds() throws IOException {
    return Files.readAllLines(calls).size();
  }

  private Path javaHome(String name, String version) throws IOException {
    Path home = Files.createDirectories(folder.resolve(name));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    Files.createDirectories(home.resolve("bin"));
    script(home.resolve("bin/java"), JAVA);
    script(home.resolve("bin/javac"), JAVA);
    return home;
  }

  private static void copy(String source, Path into) throws IOException {
    Files.createDirectories(into);
    Files.copy(Path.of(source), into.resolve(Path.of(source).getFileName()));
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private record Outcome(int status, String text) {
    List<String> lines() {
      return text.lines().toList();
    }
  }
}
