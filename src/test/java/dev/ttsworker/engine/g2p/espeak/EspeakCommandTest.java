package dev.ttsworker.engine.g2p.espeak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ttsworker.engine.g2p.Phonemizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a running helper process really has, as Linux shows it.
final class EspeakCommandTest {
  @TempDir Path folder;

  @BeforeEach
  void linuxOnly() {
    assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")));
  }

  @Test
  void environmentOfTheWorkerDoesNotReachAHelper() throws IOException {
    assertFalse(System.getenv().isEmpty());
    try (EspeakPool pool = NativeFolder.pool(1)) {
      for (Process helper : pool.processes()) {
        assertEquals(List.of("LC_ALL=C.UTF-8"), List.of(read(helper, "environ").split("\0")));
      }
    }
  }

  @Test
  void optionsForJavaAndPasswordsAreTakenOut() {
    ProcessBuilder builder = command().builder();
    assertEquals(Map.of("LC_ALL", "C.UTF-8"), builder.environment());
    assertEquals("/", String.valueOf(builder.directory()));
  }

  @Test
  void helperHasNoFilesFolderNorDumpsOfTheWorker() throws IOException {
    try (EspeakPool pool = NativeFolder.pool(1)) {
      Process helper = pool.processes().getFirst();
      assertEquals(Path.of("/"), Files.readSymbolicLink(proc(helper, "cwd")));
      assertTrue(
          read(helper, "limits")
              .lines()
              .anyMatch(line -> line.matches("Max core file size +1 +1 .*")));
      try (Stream<Path> open = Files.list(proc(helper, "fd"))) {
        for (Path descriptor : open.toList()) {
          String target = Files.readSymbolicLink(descriptor).toString();
          assertTrue(
              target.startsWith("pipe:") || target.equals("/dev/null") || isOfJava(target), target);
        }
      }
    }
  }

  private static boolean isOfJava(String file) {
    return file.startsWith(System.getProperty("java.home"))
        || file.endsWith("tts-worker.jar")
        || file.endsWith(EspeakCommand.CLASS_CACHE);
  }

  @Test
  void commandLineHoldsOnlyWhatTheHelperNeeds() {
    List<String> command = command().builder().command();
    assertFalse(String.join(" ", command).contains("onnxruntime"), command.toString());
    assertEquals(
        List.of("/native/lib.so", "/native/data"),
        command.subList(command.size() - 2, command.size()));
  }

  @Test
  void classCacheIsUsedWhereThereIsOne() throws IOException {
    EspeakFiles files =
        new EspeakFiles(folder.resolve("lib.so"), Optional.of(folder.resolve("data")));
    assertFalse(String.join(" ", new EspeakCommand(files).builder().command()).contains("AOT"));
    Path cache = Files.createFile(folder.resolve(EspeakCommand.CLASS_CACHE));
    assertTrue(
        new EspeakCommand(files).builder().command().contains("-XX:AOTCache=" + cache),
        new EspeakCommand(files).builder().command()::toString);
  }

  /// A terminal and a service manager signal the whole group, while calls still run.
  @Test
  void signalsToTheGroupDoNotEndAHelper() throws Exception {
    try (EspeakPool pool = NativeFolder.pool(1)) {
      Phonemizer english = pool.forVoice("en-us");
      Process helper = pool.processes().getFirst();
      for (String signal : List.of("-HUP", "-INT", "-TERM")) {
        assertEquals(0, new ProcessBuilder("kill", signal, "" + helper.pid()).start().waitFor());
      }
      assertEquals(List.of("həlˈoʊ!"), english.phonemize("Hello!"));
      assertEquals(helper, pool.processes().getFirst());
      assertTrue(helper.isAlive());
    }
  }

  private static EspeakCommand command() {
    return new EspeakCommand(
        new EspeakFiles(Path.of("/native/lib.so"), Optional.of(Path.of("/native/data"))));
  }

  private static Path proc(Process process, String file) {
    return Path.of("/proc", "" + process.pid(), file);
  }

  private static String read(Process process, String file) throws IOException {
    return Files.readString(proc(process, file));
  }
}
