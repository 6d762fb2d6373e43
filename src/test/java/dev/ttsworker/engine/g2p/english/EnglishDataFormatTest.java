package dev.ttsworker.engine.g2p.english;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.DataFormat;
import dev.ttsworker.voicepack.DataFormats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EnglishDataFormatTest {
  @TempDir Path folder;

  @Test
  void isFoundAndItsFileIsThatOfTheFrontEnd() throws IOException {
    DataFormat format = DataFormats.find("english").orElseThrow();
    Path file = DataFormats.file(folder, "english");
    assertFalse(DataFormats.isInstalled(folder, "english"));
    format.compile(TinyEnglish.sources(folder.resolve("source")), file);
    format.check(file);
    assertTrue(DataFormats.isInstalled(folder, "english"));
    assertFalse(DataFormats.isInstalled(folder, "klingon"));
    assertEquals(folder.resolve("english.dat"), file);
    assertEquals("english", EnglishFrontEnd.at(file).name());
  }

  @Test
  void damageBehindTheHeadIsFoundByTheWholeCheck() throws IOException {
    DataFormat format = new EnglishDataFormat();
    Path file = folder.resolve("english.dat");
    format.compile(TinyEnglish.sources(folder.resolve("source")), file);
    byte[] content = Files.readAllBytes(file);
    content[content.length - 3] ^= 1;
    Files.write(file, content);
    format.checkHead(file);
    assertInvalid(() -> format.check(file));
    content[11]++; // the version
    Files.write(file, content);
    assertInvalid(() -> format.checkHead(file));
    assertFalse(DataFormats.isInstalled(folder, "english"));
  }

  @Test
  void oneAccentIsEnoughAndNoneIsNot() throws IOException {
    DataFormat format = new EnglishDataFormat();
    Path sources = TinyEnglish.sources(folder.resolve("source"));
    Files.delete(sources.resolve("lexicon_gb_gold.json"));
    Files.delete(sources.resolve("oov_gb.onnx"));
    Path file = folder.resolve("english.dat");
    format.compile(sources, file);
    format.check(file);
    DataFile.write(file, Map.of("cmu", new byte[1]));
    assertInvalid(() -> format.check(file));
  }

  private static void assertInvalid(Runnable action) {
    WorkerException thrown = assertThrows(WorkerException.class, action::run);
    assertEquals(ErrorCode.INVALID_VOICEPACK, thrown.code(), thrown.getMessage());
  }
}
