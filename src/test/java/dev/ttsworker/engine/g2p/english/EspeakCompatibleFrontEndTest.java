package dev.ttsworker.engine.g2p.english;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.g2p.FrontEnd;
import dev.ttsworker.engine.g2p.GraphemeToPhoneme;
import dev.ttsworker.engine.g2p.PhonemizedText;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EspeakCompatibleFrontEndTest {
  @TempDir Path folder;
  private final List<String> opened = new ArrayList<>();
  private final FrontEnd espeak =
      new FrontEnd() {
        @Override
        public String name() {
          return "espeak";
        }

        @Override
        public GraphemeToPhoneme open(String variety) {
          opened.add(variety);
          return (text, words) -> new PhonemizedText(List.of(variety), List.of());
        }
      };

  @ParameterizedTest
  @ValueSource(strings = {"de", "en-gb-scotland", "en-029", "fr-fr"})
  void otherVarietiesAreReadAsBefore(String variety) {
    FrontEnd frontEnd =
        new EspeakCompatibleFrontEnd(EnglishFrontEnd.at(folder.resolve("english.dat")), espeak);
    assertEquals(List.of(variety), frontEnd.open(variety).convert("a", List.of()).sentences());
    assertEquals(List.of(variety), opened);
    assertEquals("espeak", frontEnd.name());
  }

  @ParameterizedTest
  @ValueSource(strings = {"en-us", "en-gb", "en-gb-x-rp", "en"})
  void englishIsReadWithoutEspeak(String variety) throws IOException {
    FrontEnd frontEnd =
        new EspeakCompatibleFrontEnd(new EnglishFrontEnd(TinyEnglish.data(folder)), espeak);
    assertInstanceOf(EspeakAlphabet.class, frontEnd.open(variety));
    assertTrue(opened.isEmpty());
  }

  @Test
  void withoutItsDataItSaysWhatIsMissing() {
    FrontEnd frontEnd =
        new EspeakCompatibleFrontEnd(EnglishFrontEnd.at(folder.resolve("english.dat")), espeak);
    WorkerException refused = assertThrows(WorkerException.class, () -> frontEnd.open("en-us"));
    assertEquals(ErrorCode.INVALID_VOICEPACK, refused.code());
    assertTrue(refused.getMessage().contains("english.dat"), refused.getMessage());
    assertTrue(refused.getMessage().contains("voices install english"), refused.getMessage());
  }
}
