package dev.ttsworker.engine.voice.hibari;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.Voicepack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HibariFamilyTest {
  @TempDir Path folder;

  @Test
  void readsAFolder() throws IOException {
    HibariFixture fixture = new HibariFixture(folder);
    Path voice = fixture.install(HibariFixture.TINY).files().orElseThrow().folder();
    var contents = new HibariFamily().read(voice);
    assertEquals(List.of("en-US", "en"), contents.languages());
    assertEquals(Map.of("sample_rate", "24000", "speakers", "1"), contents.facts());
    Files.delete(voice.resolve("vocab.json"));
    refused("tiny.onnx has no vocab.json beside it", () -> new HibariFamily().read(voice));
  }

  @Test
  void everyWrongFieldIsNamed() throws IOException {
    vocabulary("[1]", "content", "a JSON object");
    vocabulary("{}", "' ' is missing", "a number of the blank");
    vocabulary("{\" \": 1, \"ab\": 2}", "sign 'ab'", "one code point");
    vocabulary("{\" \": 1, \"a\": 0}", "vocab.json: a is 0", "1..65535");
    vocabulary("{\" \": 1, \"a\": 1.5}", "vocab.json: a is 1.5", "1..65535");
    vocabulary("{\"a\": 1}", "' ' is missing", "a number of the blank");
    vocabulary("{", "not valid JSON", "vocab.json");
    vocabulary("{\"a\": 1, \"a\": 2}", "not valid JSON", "\"a\"");
  }

  private void vocabulary(String content, String... parts) throws IOException {
    Path file = Files.writeString(folder.resolve("vocab.json"), content);
    for (String part : parts) {
      refused(part, () -> new HibariFamily().check(file));
    }
  }

  @Test
  void anotherLanguageAndAnotherGraphAreRefused() throws IOException {
    HibariFixture fixture = new HibariFixture(folder);
    Path voice = fixture.install(HibariFixture.TINY).files().orElseThrow().folder();
    refused(
        "languages begin with \"de-DE\"",
        () -> fixture.load(HibariFixture.pack(voice, "tiny.onnx", List.of("de-DE"))));
    Files.copy(
        Path.of("src/test/resources/voicepacks/piper/tiny/tiny.onnx"), voice.resolve("p.onnx"));
    refused(
        "is no graph of a hibari voice",
        () -> fixture.load(HibariFixture.pack(voice, "p.onnx", List.of("en-US"))));
    assertTrue(Files.notExists(voice.resolve(".cut")), "nothing is left behind");
  }

  /// Also of a sign that no calibration sentence has.
  @Test
  void numberThatTheModelDoesNotHaveIsNamed() throws IOException {
    HibariFixture fixture = new HibariFixture(folder);
    Voicepack pack = fixture.install(HibariFixture.TINY);
    fixture.load(pack).close();
    Path file = pack.files().orElseThrow().modelConfig();
    String signs = Files.readString(file);
    Files.writeString(file, signs.substring(0, signs.lastIndexOf('}')) + ", \"ꭧ\": 60000}");
    refused("vocab.json: ꭧ is 60000; allowed: ", () -> fixture.load(pack));
  }

  private static void refused(String part, org.junit.jupiter.api.function.Executable work) {
    WorkerException thrown = assertThrows(WorkerException.class, work, part);
    assertEquals(ErrorCode.INVALID_VOICEPACK, thrown.code());
    assertTrue(thrown.getMessage().contains(part), thrown.getMessage());
  }
}
