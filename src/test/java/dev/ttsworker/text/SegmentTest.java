package dev.ttsworker.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SegmentTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "One. | true",
        "“Really?” | true",
        "*One!*) | true",
        "Trailing off… | true",
        "四。 | true",
        "Smile. \u200b | true",
        "One, | false",
        "A heading | false",
        "”) | false",
        "Smile. 🙂 | false",
      })
  void endsSentenceWithAnEndMark(String text, boolean expected) {
    assertEquals(expected, new Segment(text, 0, text.length()).endsSentence());
  }
}
