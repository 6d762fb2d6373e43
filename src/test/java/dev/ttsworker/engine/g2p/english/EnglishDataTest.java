package dev.ttsworker.engine.g2p.english;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EnglishDataTest {
  @TempDir Path folder;

  @Test
  void compiledDataHasBothAccents() throws IOException {
    EnglishData data = TinyEnglish.data(folder);
    assertEquals(List.of("en-us", "en-gb"), data.varieties());
    assertTrue(data.load(Accent.AMERICAN).lexicon().has("cat"));
    assertTrue(data.load(Accent.BRITISH).lexicon().has("star"));
  }

  @Test
  void anAccentMayBeMissing() throws IOException {
    Path sources = TinyEnglish.sources(folder.resolve("source"));
    Files.delete(sources.resolve("lexicon_gb_gold.json"));
    Files.delete(sources.resolve("oov_gb.onnx"));
    Path file = folder.resolve("english.bin");
    EnglishData.compile(sources, file);
    EnglishFrontEnd frontEnd = new EnglishFrontEnd(EnglishData.open(file));
    WorkerException thrown = assertThrows(WorkerException.class, () -> frontEnd.open("en-gb"));
    assertEquals(ErrorCode.INVALID_VOICEPACK, thrown.code());
    assertTrue(thrown.getMessage().contains("'en-gb', but [en-us]"), thrown.getMessage());
    assertTrue(thrown.getMessage().contains("english.bin"), thrown.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lexicon_us_gold.json.gz",
        "tagger.json.gz",
        "tokenizer_exceptions.json",
        "cmudict.dict",
        "oov.onnx",
        "oov_gb.json"
      })
  void missingAndDamagedSourcesAreNamed(String name) throws IOException {
    Path sources = TinyEnglish.sources(folder.resolve("source"));
    Files.writeString(sources.resolve(name), "[\"something else\"]");
    Path file = folder.resolve("english.bin");
    String damaged = refusal(sources, file);
    assertTrue(damaged.contains(name), damaged);
    Files.delete(sources.resolve(name));
    String missing = refusal(sources, file);
    String base = name.equals("cmudict.dict") ? "cmudict.js" : name.replace(".gz", "");
    assertTrue(missing.contains("has no " + base), missing);
    assertFalse(Files.exists(file));
  }

  private static String refusal(Path sources, Path file) {
    WorkerException thrown =
        assertThrows(WorkerException.class, () -> EnglishData.compile(sources, file));
    assertEquals(ErrorCode.INSTALL_FAILED, thrown.code());
    return String.valueOf(thrown.getMessage());
  }

  @Test
  void everyDamagedByteIsFound() throws IOException {
    TinyEnglish.data(folder);
    Path file = folder.resolve("english.bin");
    byte[] whole = Files.readAllBytes(file);
    for (int i = 0; i < whole.length; i += 7) {
      byte[] damaged = whole.clone();
      damaged[i] ^= 0x10;
      Files.write(file, damaged);
      assertInvalid(file);
    }
  }

  @Test
  void truncatedEmptyMissingAndForeignFilesAreNamed() throws IOException {
    TinyEnglish.data(folder);
    Path file = folder.resolve("english.bin");
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {0, 5, 30, whole.length / 2, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertInvalid(file);
    }
    Files.writeString(file, "a text that is longer than the head of such a file");
    assertInvalid(file);
    Files.delete(file);
    assertInvalid(file);
  }

  @Test
  void anotherVersionSaysWhatToDo() throws IOException {
    TinyEnglish.data(folder);
    Path file = folder.resolve("english.bin");
    byte[] whole = Files.readAllBytes(file);
    whole[11]++;
    Files.write(file, whole);
    WorkerException thrown = assertThrows(WorkerException.class, () -> EnglishData.open(file));
    assertTrue(
        String.valueOf(thrown.getMessage()).contains("version 2, needed: 1;"), thrown.getMessage());
  }

  private static void assertInvalid(Path file) {
    WorkerException thrown =
        assertThrows(
            WorkerException.class,
            () -> {
              EnglishData data = EnglishData.open(file);
              data.load(Accent.AMERICAN);
              data.load(Accent.BRITISH);
            });
    assertEquals(ErrorCode.INVALID_VOICEPACK, thrown.code());
    assertTrue(String.valueOf(thrown.getMessage()).contains("english.bin"), thrown.getMessage());
  }

  @Test
  void unknownVarietyNamesThoseThatThereAre() throws IOException {
    EnglishFrontEnd frontEnd = new EnglishFrontEnd(TinyEnglish.data(folder));
    WorkerException thrown = assertThrows(WorkerException.class, () -> frontEnd.open("de"));
    assertTrue(
        String.valueOf(thrown.getMessage()).contains("'de'; allowed: en-us, en-gb"),
        thrown.getMessage());
    assertEquals("english", frontEnd.name());
  }

  @Test
  void dataMayBeInstalledLater() throws IOException {
    Path file = folder.resolve("english.bin");
    EnglishFrontEnd frontEnd = EnglishFrontEnd.at(file);
    WorkerException thrown = assertThrows(WorkerException.class, () -> frontEnd.open("en-us"));
    assertEquals(ErrorCode.INVALID_VOICEPACK, thrown.code());
    EnglishData.compile(TinyEnglish.sources(folder.resolve("source")), file);
    assertEquals(List.of("kˈæt"), frontEnd.open("en-us").convert("cat", List.of()).sentences());
    assertSame(frontEnd.open("en-us"), frontEnd.open("EN-US"));
  }
}
