package dev.ttsworker.engine.text.normalization;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ttsworker.engine.text.AnnotatedText;
import dev.ttsworker.engine.text.SpokenWord;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PlainNormalizerTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "你好——世界 | 你好— 世界",
        "你好（世界）再见 | 你好，世界，再见",
        "你好（世界）。 | 你好，世界）。",
        "1,234.50 | 1234.50",
        "१,२३४.५० | १२३४.५०",
        "12,34,567.5 | 1234567.5",
        "1,234 | 1,234",
        "1,5 | 1,5"
      })
  void whatIsNotReadIsReplaced(String written, String said) {
    NormalizedText spoken = new PlainNormalizer().normalize(AnnotatedText.of(written));
    assertEquals(said, spoken.text());
  }

  @Test
  void wordsAreThoseThatAreSaid() {
    NormalizedText spoken = new PlainNormalizer().normalize(AnnotatedText.of("कीमत १,२३४.५०"));
    assertEquals(
        List.of(new SpokenWord("कीमत", 0, 4), new SpokenWord("१२३४.५०", 5, 13)), spoken.words());
  }
}
