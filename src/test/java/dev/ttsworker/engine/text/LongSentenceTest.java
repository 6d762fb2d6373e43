package dev.ttsworker.engine.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.fuzz.Fuzz;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Sentences that are too long for one go, behind a short one, since the first words of a call have
/// rules of their own.
final class LongSentenceTest {
  private static final int TINY = 80;

  /// From length to length, where those just above the limit are all tried; no factor of a period.
  /// Every length with `-Dfuzz.inputs`.
  private static final int STEP = Fuzz.inputs(0) > 0 ? 1 : 7;

  private static final int DENSE = 401 + TINY;
  private final long seed = Fuzz.seed();
  private final Random random = new Random(seed);

  /// Sentences of any length.
  enum Kind {
    WORDS("Go. ", "", 1, "word ", "word "),
    CLAUSES("Go. ", ",", 12, "word ", "word, "),
    LONG_CLAUSES("Go. ", ";", 36, "word ", "this; "),
    LETTERS("Go. ", "", 1, "x", "x"),
    EMOJI("Go. ", "", 1, "😀", "😀"),
    CHINESE("走。", "", 1, "说", "说"),
    CHINESE_CLAUSES("走。", "，", 25, "说", "，"),
    JAPANESE_CLAUSES("は。", "、", 31, "は", "、");

    private final String before;
    private final String mark;
    private final int period;
    private final String word;
    private final String last;

    /// @param mark what ends a clause
    /// @param period words in one
    Kind(String before, String mark, int period, String word, String last) {
      this.before = before;
      this.mark = mark;
      this.period = period;
      this.word = word;
      this.last = last;
    }

    /// @param length in code points; the last word of fewer letters as it takes
    String sentence(int length) {
      StringBuilder text = new StringBuilder();
      for (int n = 0; text.codePointCount(0, text.length()) < length; n++) {
        text.append(n % period == period - 1 ? last : word);
      }
      text.setLength(text.offsetByCodePoints(0, length));
      String sentence = text.toString().strip();
      return sentence + "z".repeat(length - sentence.codePointCount(0, sentence.length()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void noPartIsTinyAndAllAreSaid(Kind kind) {
    for (int length = 401; length <= 1_500; length += length < DENSE ? 1 : STEP) {
      String sentence = kind.sentence(length);
      List<Segment> parts = parts(List.of(kind.before + sentence));
      assertTrue(parts.size() > 1);
      StringBuilder said = new StringBuilder();
      for (Segment part : parts) {
        int size = part.text().codePointCount(0, part.text().length());
        assertTrue(size >= TINY && size <= 400, length + " has a part of " + size);
        said.append(part.text());
      }
      assertEquals(sentence.replace(" ", ""), said.toString().replace(" ", ""));
      for (Segment part : parts.subList(0, parts.size() - 1)) {
        assertTrue(part.text().endsWith(kind.mark), part::text);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void partsAreTheSameHoweverTheTextIsCut(Kind kind) {
    String text = kind.before + kind.sentence(1_300);
    List<Segment> whole = parts(List.of(text));
    for (int round = 0; round < Fuzz.inputs(15); round++) {
      List<String> pieces = new ArrayList<>();
      int largest = 1 + random.nextInt(200);
      for (int at = 0; at < text.length(); ) {
        int end = Math.min(text.length(), at + 1 + random.nextInt(largest));
        pieces.add(text.substring(at, end));
        at = end;
      }
      assertEquals(whole, parts(pieces), "seed " + seed);
    }
  }

  /// Words without a mark, but for a comma at these places.
  @ParameterizedTest
  @CsvSource({
    // The one nearest the middle, however many there are.
    "'50,150,180,230,300', 410, '180,229'",
    "'90,300,390',         410, '300,109'",
    // As good: the first.
    "'190,210',            410, '190,219'",
    // A word border in the middle rather than a clause that leaves next to nothing.
    "'30,390',             410, '199,210'",
    // Rather a clause of a few words than none.
    "'85',                 410, '85,324'",
    "'315',                410, '315,94'",
    // The same for what is left.
    "'205,450',            700, '205,244,249'",
  })
  void clausesNearTheMiddleAreParted(String commas, int length, String sizes) {
    StringBuilder text = new StringBuilder(Kind.WORDS.sentence(length));
    for (String comma : commas.split(",", -1)) {
      int at = Integer.parseInt(comma);
      text.replace(at - 2, at + 1, "d, ");
    }
    List<String> found = new ArrayList<>();
    for (Segment part : parts(List.of(Kind.WORDS.before + text))) {
      found.add(String.valueOf(part.text().length()));
    }
    assertEquals(sizes, String.join(",", found));
  }

  @Test
  void sentenceThatJustFitsIsNotCut() {
    assertEquals(1, parts(List.of(Kind.CLAUSES.before + Kind.CLAUSES.sentence(400))).size());
  }

  private static List<Segment> parts(List<String> pieces) {
    List<Segment> segments = Segmenting.all(pieces);
    return segments.subList(1, segments.size());
  }
}
