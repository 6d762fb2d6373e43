package dev.ttsworker.engine.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WordSplitterTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Hello, world!  Yes.| Hello, / world! / Yes.",
        "It costs $4.50 (50 %).| It / costs / $4.50 / (50 / %).",
        "wait—what… really...no|wait— / what… / really... / no",
        "one--two three-four - five|one-- / two / three-four / - / five",
        "e.g. at 10–20 km/h|e.g. / at / 10– / 20 / km/h",
        "–dash …dots|–dash / …dots",
        "我喜欢。a猫b|我 / 喜 / 欢。 / a / 猫 / b",
        "a b　c|a / b / c",
      })
  void wordsAreWhatStandsBetweenBlanks(String text, String expected) {
    assertEquals(
        expected,
        WordSplitter.of(new Segment(text, 0, text.length())).stream()
            .map(SpokenWord::text)
            .collect(Collectors.joining(" / ")));
  }

  @Test
  void offsetsAreCodePointsOfTheCall() {
    assertEquals(
        List.of(
            new SpokenWord("🙂", 100, 101),
            new SpokenWord("is", 102, 104),
            new SpokenWord("ok", 106, 108)),
        WordSplitter.of(new Segment("🙂 is  ok", 100, 108)));
  }

  @Test
  void wordsCoverAllButBlanks() {
    String signs = " \u00a0ab1.-—…,🙂我";
    for (int seed = 0; seed < 2_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int[] text =
          random
              .ints(12, 0, signs.codePointCount(0, signs.length()))
              .map(i -> signs.codePointAt(signs.offsetByCodePoints(0, i)))
              .toArray();
      StringBuilder rest = new StringBuilder(new String(text, 0, text.length));
      for (SpokenWord word : WordSplitter.of(new Segment(rest.toString(), 0, 12)).reversed()) {
        int from = (int) word.sourceStart();
        int to = (int) word.sourceEnd();
        assertEquals(new String(text, from, to - from), word.text(), "seed " + seed);
        rest.replace(rest.offsetByCodePoints(0, from), rest.offsetByCodePoints(0, to), "");
      }
      assertEquals(0, rest.chars().filter(c -> !Punctuation.isBlank(c)).count(), "seed " + seed);
    }
  }
}
