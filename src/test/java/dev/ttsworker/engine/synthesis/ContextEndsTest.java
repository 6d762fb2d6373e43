package dev.ttsworker.engine.synthesis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ttsworker.engine.text.AnnotatedText;
import dev.ttsworker.engine.text.normalization.NormalizedText;
import dev.ttsworker.engine.text.normalization.Normalizers;
import dev.ttsworker.engine.text.normalization.Normalizers.Emoji;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ContextEndsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "The quick brown fox. | The/ quick/ brown/ fox./",
        "\"Hello,\" he said... | \"Hello,\"/ he/ said.../",
        "**bold** (or not)! | **bold**/ (or/ not)!/",
        "one... “two”, three | one.../ “two”,/ three/",
      })
  void areBehindThePunctuationThatTouchesAWord(String text, String parts) {
    for (boolean written : new boolean[] {true, false}) {
      Normalizers normalizers = new Normalizers();
      NormalizedText spoken =
          (written ? normalizers.plain() : normalizers.forLanguages(List.of("en-US"), Emoji.DROP))
              .normalize(AnnotatedText.of(text));
      StringBuilder shown = new StringBuilder();
      int at = 0;
      for (int end : ContextEnds.of(text, spoken.words())) {
        shown.append(text, at, end).append('/');
        at = end;
      }
      assertEquals(parts, shown.toString(), written ? "plain" : "normalized");
    }
  }
}
