package dev.ttsworker.engine.text.markup;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.text.markup.MarkupPart.Words;
import dev.ttsworker.fuzz.Fuzz;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The work grows with the text, however it is cut into pieces, and little is held back.
final class MarkupCostTest {
  private static final int LENGTH = 4_000;

  /// Looks at each character; a hundred beginnings of declarations may lie in one another.
  private static final int MOST_LOOKS = 100;

  private static final List<String> UNITS =
      List.of(
          "[",
          "[a",
          "[[",
          "[[a",
          "[[a]",
          ".[",
          "a.[ ",
          "[a](/",
          "[a](/b/)",
          "[pause:",
          "[pause:1ms]",
          "[pause:1ms",
          "<",
          "<a",
          "<a ",
          "<a b=\"",
          "<a b='>' ",
          "</",
          "</a>",
          "<sub alias=\"x\">",
          "<sub alias=\"x\">a</sub>",
          "<!--",
          "<!-- -",
          "<!-- a -->",
          "<![CDATA[",
          "<![CDATA[]",
          "<![CDATA[a]]>",
          "<!DOCTYPE ",
          "<!DOCTYPE [",
          "<!DOCTYPE []",
          "<?a ",
          "<?a?",
          "<emphasis>a😀",
          "&",
          "&#",
          "&a",
          "&#x41;",
          "x",
          "\ud83d",
          "\n");

  @Test
  void eachCharacterIsLookedAtAFewTimes() {
    long worst = 0;
    String worstUnit = "";
    for (String start : List.of("", "<speak>")) {
      for (String unit : UNITS) {
        for (int piece : new int[] {1, 2, 7, LENGTH}) {
          String text = start + unit.repeat(LENGTH / unit.length());
          long looks = looks(text, piece);
          if (looks > worst) {
            worst = looks;
            worstUnit = start + unit;
          }
        }
      }
    }
    System.out.printf(
        "markup: at most %.1f looks per character (%s)%n", (double) worst / LENGTH, worstUnit);
    long most = worst;
    String where = worstUnit;
    assertTrue(most <= (long) MOST_LOOKS * LENGTH, () -> where + ": " + most);
  }

  private static long looks(String text, int piece) {
    MarkupParser reader = new MarkupParser(_ -> {});
    for (int at = 0; at < text.length(); at += piece) {
      List<MarkupPart> _ = reader.accept(text.substring(at, Math.min(text.length(), at + piece)));
    }
    List<MarkupPart> _ = reader.finish();
    return reader.looks();
  }

  /// What may become a mark is held, and nothing before it, be there a blank or not.
  @Test
  void noMoreIsHeldThanTheLongestMark() {
    long seed = Fuzz.seed();
    Random random = new Random(seed);
    for (String unit :
        List.of("[", "a.[", "[[a", "[a](/", "<", "<a", "<!--", "&", "&#", "x[1]", "x")) {
      String text = "<speak>" + "x".repeat(5_000) + unit.repeat(5_000 / unit.length());
      MarkupParser reader = new MarkupParser(_ -> {});
      long given = 0;
      for (int at = 0; at < text.length(); ) {
        int end = Math.min(text.length(), at + 1 + random.nextInt(9));
        for (MarkupPart part : reader.accept(text.substring(at, end))) {
          given = part instanceof Words words ? words.end() : given;
        }
        at = end;
        long held = at - Math.max(given, "<speak>".length());
        assertTrue(held <= Candidate.LONGEST, () -> unit + " holds " + held + ", seed " + seed);
      }
    }
  }
}
