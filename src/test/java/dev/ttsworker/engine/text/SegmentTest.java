package dev.ttsworker.engine.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SegmentTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "One. | SENTENCE",
        "“Really?” | SENTENCE",
        "*One!*) | SENTENCE",
        "Trailing off… | SENTENCE",
        "四。 | SENTENCE",
        "Smile. \u200b | SENTENCE",
        "One, | COMMA",
        "one； | CLAUSE",
        "he said—” | CLAUSE",
        "一、 | COMMA",
        "One: | CLAUSE",
        "A heading | NONE",
        "”) | NONE",
        "Smile. 🙂 | NONE",
      })
  void endsWithAMark(String text, Segment.Ending expected) {
    assertEquals(expected, new Segment(text, 0, text.length()).ending());
  }
}
