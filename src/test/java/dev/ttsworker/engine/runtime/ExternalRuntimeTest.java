package dev.ttsworker.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExternalRuntimeTest {
  private static final String PROPERTY = "onnxruntime.native.path";

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
