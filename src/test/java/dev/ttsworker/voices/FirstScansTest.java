package dev.ttsworker.voices;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ttsworker.voicepack.Scan;
import dev.ttsworker.voicepack.VoicepackStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FirstScansTest {
  @TempDir Path folder;

  @Test
  void emptyFolderIsNoProblemWhileAVoiceIsInstalled() {
    for (Path root : List.of(folder, folder.resolve("none"))) {
      FirstScans scans = new FirstScans(new VoicepackStore(root)::scan, true);
      assertEquals(List.of(), scans.get().problems());
      scans.installed();
      assertEquals(1, scans.get().problems().size());
      assertEquals(
          1, new FirstScans(new VoicepackStore(root)::scan, false).get().problems().size());
    }
  }

  @Test
  void otherProblemsAreShown() throws Exception {
    Files.createDirectories(folder.resolve("piper/broken"));
    Scan scan = new FirstScans(new VoicepackStore(folder)::scan, true).get();
    assertEquals(1, scan.problems().size());
    assertEquals("mock-440hz", scan.modelIds().getFirst());
  }
}
