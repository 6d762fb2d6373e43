package dev.ttsworker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.catalogue.PiperCollection;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RemoteVoicesTest {
  private final RemoteVoices voices =
      new RemoteVoices(PiperCollection.builtIn(), Set.of("piper-en-gb-cori-medium"));

  @ParameterizedTest
  @CsvSource({
    "'', '', 176",
    "de, '', 10",
    "de-DE, low, 5",
    "German, high, 1",
    "en, '', 38",
    "en_GB, high, 1",
    "'', x_low, 14",
    "'', high, 14"
  })
  void choosesByLanguageAndQuality(String language, String quality, int count) {
    assertEquals(count, voices.lines(language, quality).size());
  }

  @Test
  void linesSayWhatMatters() {
    List<String> british = voices.lines("en-GB", "");
    assertTrue(line(british, "en_GB-cori-medium").contains(" installed "));
    assertTrue(line(british, "en_GB-cori-medium").endsWith("  public domain"));
    assertTrue(line(british, "en_GB-cori-high").contains(" available "));
    assertTrue(line(british, "en_GB-vctk-medium").contains(" 109 spk. "));
    assertTrue(
        line(voices.lines("en-US", ""), "en_US-ryan-high")
            .endsWith("CC BY-NC-SA 4.0; NO COMMERCIAL USE"));
    assertTrue(
        line(voices.lines("zh", ""), "zh_CN-chaowen-medium")
            .endsWith("; CANNOT BE READ HERE: its phonemes are pinyin"));
    assertEquals(
        "14 of 176 voices. Index: voices.json of wyoming_piper-2.5.2, of 2026-09-11 (80 days old);"
            + " `voices refresh` reads the present one.",
        voices.summary(14, LocalDate.of(2026, 11, 30)));
  }

  @Test
  void nothingFoundNamesWhatThereIs() {
    WorkerException none = assertThrows(WorkerException.class, () -> voices.lines("tlh", "low"));
    assertEquals(ErrorCode.INVALID_FIELD, none.code());
    assertTrue(none.getMessage().contains("language tlh and quality low"), none.getMessage());
    assertTrue(none.getMessage().contains("languages: ar_JO, bg_BG, "), none.getMessage());
    assertTrue(
        none.getMessage().endsWith("qualities: high, low, medium, x_low"), none.getMessage());
  }

  private static String line(List<String> lines, String key) {
    return lines.stream().filter(line -> line.startsWith(key + " ")).findFirst().orElseThrow();
  }
}
