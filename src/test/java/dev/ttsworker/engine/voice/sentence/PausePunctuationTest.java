package dev.ttsworker.engine.voice.sentence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PausePunctuationTest {
  /// Each sign has two numbers.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "` a, b`  | 4=1",
        "`a; b: c` | 2=2 8=2",
        "`a — b…c` | 4=2 10=2",
        "`a、b；c` | 2=1 6=2",
        "`a, ; b` | 6=2",
        "`a, b.`  | 2=1",
        "`a, .`   | ``",
        "`a,`     | ``",
        "`, a`    | 0=1",
        "`a b`    | ``",
        "`a–b`    | 2=2",
        "`a؛ b`   | 2=2",
        "`a， b`  | 2=1",
        "`a، b`   | 2=1",
        "`a, ?`   | ``",
        "`a, ! b` | ``",
        "`a, 。`  | ``",
        "`a, ؟`   | ``",
      })
  void areTheFirstNumbersOfMarksBehindWhichMoreIsSaid(String phonemes, String expected) {
    int signs = phonemes.length();
    int[] starts = IntStream.rangeClosed(0, signs).map(i -> 2 * i).toArray();
    byte[] marks = PausePunctuation.of(phonemes, starts, 2 * signs + 1);
    assertEquals(2 * signs + 1, marks.length);
    StringBuilder found = new StringBuilder();
    for (int i = 0; i < marks.length; i++) {
      if (marks[i] != PausePunctuation.NONE) {
        found.append(' ').append(i).append('=').append(marks[i]);
      }
    }
    assertEquals(expected, found.toString().strip());
  }

  /// A letter with its accent is one sign of the text, and two of the numbers.
  @Test
  void placesAreThoseOfTheDecomposedText() {
    byte[] marks = PausePunctuation.of("\u00e7, a", new int[] {0, 1, 2, 3, 4, 5}, 5);
    assertArrayEquals(new byte[] {0, 0, PausePunctuation.COMMA, 0, 0}, marks);
  }

  /// Of the sign behind it, whose number it would take.
  @Test
  void markThatTheVoiceHasNoNumberForIsNone() {
    byte[] marks = PausePunctuation.of("a,b", new int[] {0, 1, 1, 2}, 2);
    assertArrayEquals(new byte[2], marks);
  }
}
