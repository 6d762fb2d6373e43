package dev.ttsworker.engine.g2p.espeak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EspeakFilesTest {
  @TempDir Path own;
  @TempDir Path system;

  @Test
  void ownLibraryAndDataComeFirst() throws IOException {
    Files.createFile(system.resolve("libespeak-ng.so.1"));
    Path library = Files.createFile(own.resolve("libespeak-ng.1.dylib"));
    Path data = Files.createDirectory(own.resolve("espeak-ng-data"));
    Files.createFile(data.resolve("phontab"));
    EspeakFiles files = EspeakFiles.find(own, List.of(system));
    assertEquals(library, files.library());
    assertEquals(data, files.data().orElseThrow());
    assertFalse(files.isSystemLibrary());
  }

  @Test
  void systemLibraryServesWithItsOwnData() throws IOException {
    Path library = Files.createFile(system.resolve("libespeak-ng.so.1"));
    EspeakFiles files = EspeakFiles.find(own, List.of(own.resolve("missing"), system));
    assertEquals(library, files.library());
    assertTrue(files.isSystemLibrary());
  }

  @Test
  void missingDataAndMissingLibraryAreNamed() throws IOException {
    assertRefused("not found", own);
    Files.createFile(own.resolve("libespeak-ng.so.1"));
    assertRefused("phontab", own);
  }

  @Test
  void fileThatIsNoLibraryIsRefused() throws IOException {
    Files.writeString(system.resolve("libespeak-ng.so.1"), "no library");
    EspeakFiles files = EspeakFiles.find(own, List.of(system));
    WorkerException refused =
        assertThrows(
            WorkerException.class,
            () -> new EspeakPool(files, 1, Thread.ofPlatform().daemon().factory()));
    assertEquals(ErrorCode.INVALID_CONFIGURATION, refused.code());
    assertTrue(refused.getMessage().contains("cannot be loaded"), refused.getMessage());
  }

  private static void assertRefused(String reason, Path folder) {
    WorkerException refused =
        assertThrows(WorkerException.class, () -> EspeakFiles.find(folder, List.of()));
    assertEquals(ErrorCode.INVALID_CONFIGURATION, refused.code());
    assertTrue(refused.getMessage().contains(reason), refused.getMessage());
  }
}
