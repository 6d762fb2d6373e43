package dev.ttsworker.engine.text.normalization;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ttsworker.engine.text.AnnotatedText;
import dev.ttsworker.engine.text.SpokenWord;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LocalDigitsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "１２３個 | 123個",
        "３．５度 | 3.5度",
        "１，２３４円 | 1,234円",
        "你好，３个 | 你好，3个",
        "١٢٣ | 123",
        "٣٫٥ | 3.5",
        "١٬٢٣٤ | 1,234",
        "۱۲۳ | 123",
        "१२३ | १२३",
        "مرحبا، كيف | مرحبا، كيف"
      })
  void digitsThatAreNotReadBecomeAscii(String written, String said) {
    assertEquals(said, LocalDigits.toAscii(written));
  }

  @Test
  void wordsKeepTheirPlaces() {
    NormalizedText spoken = new PlainNormalizer().normalize(AnnotatedText.of("عدد ١٢٣ هنا"));
    assertEquals("عدد 123 هنا", spoken.text());
    assertEquals(
        List.of(
            new SpokenWord("عدد", 0, 3), new SpokenWord("123", 4, 7), new SpokenWord("هنا", 8, 11)),
        spoken.words());
  }
}
