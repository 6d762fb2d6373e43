package dev.ttsworker.engine.text.markup;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.text.markup.MarkupPart.Words;
import dev.ttsworker.fuzz.Fuzz;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/// Markup parsing takes linear time, however the text is split into chunks, and buffers little.
final class MarkupCostTest {
  private static final int LENGTH = 4_000;

  /// Pattern steps for each character; a hundred beginnings of declarations may be nested.
  private static final int MOST_STEPS = 100;

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
  void patternStepsGrowLinearlyWithTheText() {
    long worst = 0;
    String worstUnit = "";
    for (String start : List.of("", "<speak>")) {
      for (String unit : UNITS) {
        for (int piece : new int[] {1, 2, 7, LENGTH}) {
          String text = start + unit.repeat(LENGTH / unit.length());
          long steps = steps(text, piece);
          if (steps > worst) {
            worst = steps;
            worstUnit = start + unit;
          }
        }
      }
    }
    System.out.printf(
        "markup: at most %.1f pattern steps per character (%s)%n",
        (double) worst / LENGTH, worstUnit);
    long most = worst;
    String where = worstUnit;
    assertTrue(most <= (long) MOST_STEPS * LENGTH, () -> where + ": " + most);
  }

  private static long steps(String text, int piece) {
    LongAdder steps = new LongAdder();
    MarkupParser reader =
        new MarkupParser(
            _ -> {}, kind -> new CountingPattern(MarkupPatterns.begin(kind), steps::increment));
    for (int at = 0; at < text.length(); at += piece) {
      List<MarkupPart> _ =
          reader.appendText(text.substring(at, Math.min(text.length(), at + piece)));
    }
    List<MarkupPart> _ = reader.finish();
    return steps.sum();
  }

  private record CountingPattern(MarkupPattern pattern, Runnable step) implements MarkupPattern {
    @Override
    public State next(int c) {
      step.run();
      return pattern.next(c);
    }

    @Override
    public boolean isEmpty() {
      return pattern.isEmpty();
    }
  }

  /// Only possible markup is buffered, and nothing before it, with or without a blank.
  @Test
  void buffersNoMoreThanTheLongestMarkup() {
    long seed = Fuzz.seed();
    Random random = new Random(seed);
    for (String unit :
        List.of("[", "a.[", "[[a", "[a](/", "<", "<a", "<!--", "&", "&#", "x[1]", "x")) {
      String text = "<speak>" + "x".repeat(5_000) + unit.repeat(5_000 / unit.length());
      MarkupParser reader = new MarkupParser(_ -> {});
      long given = 0;
      for (int at = 0; at < text.length(); ) {
        int end = Math.min(text.length(), at + 1 + random.nextInt(9));
        for (MarkupPart part : reader.appendText(text.substring(at, end))) {
          given = part instanceof Words words ? words.end() : given;
        }
        at = end;
        long held = at - Math.max(given, "<speak>".length());
        assertTrue(
            held <= MarkupCandidate.LONGEST, () -> unit + " holds " + held + ", seed " + seed);
      }
    }
  }
}
