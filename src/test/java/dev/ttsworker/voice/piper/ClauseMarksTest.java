package dev.ttsworker.voice.piper;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClauseMarksTest {
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
      })
  void areTheFirstNumbersOfMarksBehindWhichMoreIsSaid(String phonemes, String expected) {
    int signs = phonemes.length();
    int[] starts = IntStream.rangeClosed(0, signs).map(i -> 2 * i).toArray();
    byte[] marks = ClauseMarks.of(phonemes, starts, 2 * signs + 1);
    assertEquals(2 * signs + 1, marks.length);
    StringBuilder found = new StringBuilder();
    for (int i = 0; i < marks.length; i++) {
      if (marks[i] != ClauseMarks.NONE) {
        found.append(' ').append(i).append('=').append(marks[i]);
      }
    }
    assertEquals(expected, found.toString().strip());
  }
}
