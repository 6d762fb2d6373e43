package dev.ttsworker.engine.voice.piper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.Voices;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PiperConfigReaderTest {
  @TempDir Path folder;

  @Test
  void missingFieldsTakeTheirDefaults() {
    PiperConfig config = read(Voices.CONFIG);
    assertEquals(22_050, config.sampleRateHz());
    assertEquals(PiperConfig.PhonemeType.ESPEAK, config.phonemeType());
    assertEquals(0.667f, config.noiseScale());
    assertEquals(1f, config.lengthScale());
    assertEquals(0.8f, config.noiseW());
    assertEquals(256, config.hopLength());
    assertEquals(Map.of("a", 0, "b", 1), config.speakers());
    assertEquals(List.of(3, 4), config.phonemeIds().get("x"));
    assertEquals(Map.of(), config.phonemeMap());
  }

  @ParameterizedTest
  @CsvSource({
    "espeak, ESPEAK",
    "ESPEAK, ESPEAK",
    "Espeak, ESPEAK",
    "PhonemeType.ESPEAK, ESPEAK",
    "text, TEXT",
    "TEXT, TEXT",
    "PhonemeType.TEXT, TEXT"
  })
  void phonemeTypeIsTakenInAnyCaseAndWithTheNameOfItsEnum(
      String written, PiperConfig.PhonemeType type) {
    String text =
        Voices.CONFIG.replace("\"num_sp", "\"phoneme_type\": \"" + written + "\", \"num_sp");
    assertEquals(type, read(text).phonemeType());
  }

  @Test
  void phonemeMapTakesListsAndStrings() {
    String text =
        Voices.CONFIG.replace(
            "\"num_sp", "\"phoneme_map\":{\"a\":\"b\",\"c\":[\"d\",\"e\"]},\"num_sp");
    assertEquals(Map.of("a", List.of("b"), "c", List.of("d", "e")), read(text).phonemeMap());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "22050 | 7999 | audio.sample_rate is 7999; allowed: a whole number 8000..48000",
        "22050 | \"22050\" | audio.sample_rate is \"22050\"",
        "22050 | 22050.5 | audio.sample_rate is 22050.5",
        "22050 | null | audio.sample_rate is missing",
        "\"num_speakers\": 2 | \"num_speakers\": 0 | num_speakers is 0",
        "\"num_speakers\": 2 | \"num_speakers\": 1 | speaker_id_map.b is 1; allowed: a whole number 0..0",
        "\"num_speakers\": 2 | \"num_speakers\": 2, \"hop_length\": 0 | hop_length is 0",
        "\"num_speakers\": 2 | \"phoneme_type\": \"pinyin\" | phoneme_type is \"pinyin\"; allowed: espeak, text",
        "\"num_speakers\": 2 | \"phoneme_type\": \"PhonemeType.\" | phoneme_type is \"PhonemeType.\"",
        "\"num_speakers\": 2 | \"phoneme_type\": \"Other.ESPEAK\" | phoneme_type is \"Other.ESPEAK\"",
        "\"num_speakers\": 2 | \"num_speakers\": 2, \"inference\": {\"length_scale\": 0} | inference.length_scale is 0",
        "[3, 4] | [] | phoneme_id_map.x is a list of 0; allowed: a list of whole numbers",
        "[3, 4] | [\"3\"] | phoneme_id_map.x is \"3\"",
        "[3, 4] | [-1] | phoneme_id_map.x is -1",
        "\"^\" | \"q\" | phoneme_id_map is an object; allowed: a map that has ^, _ and $",
        "en-us | '' | espeak.voice is \"\"",
      })
  void badFieldsAreNamed(String part, String replacement, String expected) {
    WorkerException thrown =
        assertThrows(WorkerException.class, () -> read(Voices.CONFIG.replace(part, replacement)));
    assertEquals(ErrorCode.INVALID_VOICEPACK, thrown.code());
    assertTrue(thrown.getMessage().contains("v.onnx.json: " + expected), thrown.getMessage());
  }

  @Test
  void otherContentIsRefused() {
    for (String bad :
        List.of("", "[]", "null", "{} {}", "{\"a\":", "\ufffd", "[".repeat(100_000))) {
      assertEquals(
          ErrorCode.INVALID_VOICEPACK,
          assertThrows(WorkerException.class, () -> read(bad), bad).code());
    }
    String huge = Voices.CONFIG + " ".repeat(PiperConfigReader.MAX_BYTES);
    assertTrue(
        assertThrows(WorkerException.class, () -> read(huge)).getMessage().contains("larger than"));
    assertThrows(WorkerException.class, () -> new PiperConfigReader().read(folder));
    assertThrows(WorkerException.class, () -> new PiperConfigReader().read(folder.resolve("no")));
  }

  private PiperConfig read(String text) {
    return new PiperConfigReader().read(Voices.write(folder.resolve("v.onnx.json"), text));
  }
}
