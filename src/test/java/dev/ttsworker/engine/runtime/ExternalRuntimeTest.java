package dev.ttsworker.engine.runtime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnxruntime.OrtEnvironment;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExternalRuntimeTest {
  private static final String PROPERTY = "onnxruntime.native.path";

  /// Hashes of the System V ABI.
  private static final int HASH_OF_VERS_1_28_0 = 0x27bfe80;

  private static final int HASH_OF_VERS_1_31_1 = 0x27bc581;

  @TempDir Path folder;

  @Test
  void folderWithoutARuntimeIsRefused() throws Exception {
    assertRefused("engine.native_path: there is no libonnxruntime.so in the folder");
    Files.writeString(folder.resolve("libonnxruntime.so.1.31.1"), "no library");
    assertRefused("engine.native_path: libonnxruntime.so.1.31.1 cannot be loaded on this machine");
    Files.delete(folder.resolve("libonnxruntime.so.1.31.1"));
    Files.copy(
        Path.of(System.getProperty("tts.native.directory"), "libespeak-ng.so.1"),
        folder.resolve("libonnxruntime.so"));
    assertRefused("engine.native_path: libonnxruntime.so is no ONNX Runtime");
    Files.delete(folder.resolve("libonnxruntime.so"));
    Files.delete(folder);
    assertRefused("engine.native_path: the folder cannot be read: NoSuchFileException");
    Files.createDirectory(folder);
  }

  private void assertRefused(String why) {
    WorkerException thrown =
        assertThrows(WorkerException.class, () -> ExternalRuntime.use(folder).close());
    assertEquals(ErrorCode.INVALID_CONFIGURATION, thrown.code());
    assertEquals(why, thrown.getMessage());
  }

  /// The worker's own libraries are as good as others.
  @Test
  void bindingFindsTheOtherLibrariesUntilItIsClosed() throws Exception {
    String before = System.getProperty(PROPERTY);
    Files.copy(Path.of(before, "libonnxruntime.so"), folder.resolve("libonnxruntime.so.1.28.0"));
    try (ExternalRuntime _ = ExternalRuntime.use(folder)) {
      Path links = Path.of(System.getProperty(PROPERTY));
      assertEquals(
          folder.resolve("libonnxruntime.so.1.28.0").toRealPath(),
          links.resolve("libonnxruntime.so").toRealPath());
      assertTrue(Files.isRegularFile(links.resolve("libonnxruntime4j_jni.so")));
    } finally {
      Path links = Path.of(System.setProperty(PROPERTY, before));
      assertFalse(Files.exists(links));
    }
  }

  /// In a process of its own: in this one the linker takes what is loaded already.
  @Test
  void runtimeWithAnotherSymbolVersionIsRefusedUntilABindingFitsIt() throws Exception {
    Path ours = Path.of(System.getProperty(PROPERTY));
    byte[] core = Files.readAllBytes(ours.resolve("libonnxruntime.so"));
    replace(core, "\0VERS_1.28.0\0".getBytes(ISO_8859_1), "\0VERS_1.31.1\0".getBytes(ISO_8859_1));
    replace(core, littleEndian(HASH_OF_VERS_1_28_0), littleEndian(HASH_OF_VERS_1_31_1));
    Path libraries = Files.createDirectory(folder.resolve("libraries"));
    Path _ = Files.write(libraries.resolve("libonnxruntime.so.1.31.1"), core);
    assertEquals(
        "engine.native_path: libonnxruntime.so.1.31.1 is ONNX Runtime 1.28.0, and the Java binding does not fit it; allowed: ONNX Runtime 1.28.0, or a libonnxruntime4j_jni.so for 1.28.0 in the folder, which scripts/adapt_binding.py makes (docs/gpu.md)",
        useInAnotherProcess(libraries));
    assumeTrue(
        run("python3", "--version").startsWith("Python 3"), "the script cannot be run without");
    Path binding = ours.resolve("libonnxruntime4j_jni.so");
    assertEquals(
        libraries.resolve("libonnxruntime4j_jni.so").toString(),
        run(
            "python3",
            "scripts/adapt_binding.py",
            libraries.toString(),
            "--binding",
            binding.toString()));
    assertEquals("1.28.0", useInAnotherProcess(libraries));
  }

  private String useInAnotherProcess(Path libraries) throws Exception {
    Path temporary = Files.createTempDirectory(folder, "tmp");
    String said =
        run(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Djava.io.tmpdir=" + temporary,
            "-D" + PROPERTY + "=" + System.getProperty(PROPERTY),
            "-cp",
            System.getProperty("java.class.path"),
            ExternalRuntimeTest.class.getName(),
            libraries.toString());
    try (Stream<Path> left = Files.list(temporary)) {
      assertEquals(List.of(), left.map(Path::getFileName).map(Path::toString).toList());
    }
    return said;
  }

  /// Uses the libraries of a folder, and says the version or why it is refused.
  public static void main(String[] libraries) {
    try (ExternalRuntime _ = ExternalRuntime.use(Path.of(libraries[0]))) {
      System.err.println(OrtEnvironment.getEnvironment().getVersion());
    } catch (WorkerException e) {
      System.err.println(e.getMessage());
    }
  }

  /// The last line that a program says; empty when it is not there.
  private static String run(String... command) throws IOException, InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException _) {
      return "";
    }
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), said);
    return said.lines().reduce("", (_, line) -> line);
  }

  private static void replace(byte[] library, byte[] from, byte[] to) {
    int at = new String(library, ISO_8859_1).indexOf(new String(from, ISO_8859_1));
    assertTrue(at >= 0);
    System.arraycopy(to, 0, library, at, to.length);
  }

  private static byte[] littleEndian(int number) {
    return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array();
  }

  @Test
  void bundledVersionIsThatOfTheBuild() throws IOException {
    String wanted = "<onnxruntime.version>" + ExternalRuntime.BUNDLED + "</onnxruntime.version>";
    assertTrue(Files.readString(Path.of("pom.xml")).contains(wanted), wanted);
  }

  @Test
  void versionsCompareByTheirFirstTwoNumbers() {
    OrtVersion needed = new OrtVersion(1, 28);
    for (String good : new String[] {"1.28.0", "1.28", "1.31.1", "1.100.0-dev"}) {
      assertTrue(needed.isAtMost(OrtVersion.of(good).orElseThrow()), good);
    }
    for (String old : new String[] {"1.27.9", "1.3.0", "2.0.0", "0.99.1"}) {
      assertFalse(needed.isAtMost(OrtVersion.of(old).orElseThrow()), old);
    }
    assertTrue(OrtVersion.of("nightly").isEmpty());
  }
}
