package dev.ttsworker.engine.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
final class RandomPiecesTest {
  private static final List<String> WORDS =
      List.of(
          "Dr.",
          "e.g.",
          "etc.",
          "U.S.",
          "J.",
          "R.",
          "No.",
          "5",
          "3.14",
          "7:30",
          "word",
          "Word",
          "end.",
          "end!",
          "end?",
          "well...",
          "so…",
          "\"quoted.\"",
          "(aside.)",
          "说。",
          "你好！",
          "😀",
          "e\u0301",
          ",",
          ";",
          "，",
          "-",
          "*",
          "1.",
          "2)",
          "\n",
          "\n\n",
          "\r\n",
          "\u0085",
          "\u2028",
          "\u2029",
          "\t",
          "  ",
          "\u00a0",
          "www.a.org",
          "x".repeat(90),
          "😀".repeat(150),
          ".",
          "?!",
          "\"",
          "p.m.",
          "#",
          "१।",
          "B.");

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @BeforeEach
  void printSeed() {
    System.out.println("RandomPiecesTest seed " + seed);
  }

  @Test
  void piecesMakeNoDifferenceUnlessOneEndsAfterAMark() {
    for (int round = 0; round < 2_000; round++) {
      String text = text();
      List<Segment> whole = Segmenting.all(List.of(text));
      assertEquals(whole, Segmenting.all(cut(text)), "seed " + seed + " round " + round);
    }
  }

  @Test
  void offsetsMapBackToTheTextWhichIsAllThere() {
    for (int round = 0; round < 2_000; round++) {
      String text = text();
      int[] codePoints = text.codePoints().toArray();
      long at = 0;
      for (Segment segment : Segmenting.all(anyCut(text))) {
        String where = "seed " + seed + " round " + round + " at " + segment.start();
        assertTrue(blank(codePoints, at, segment.start()), where);
        int length = (int) (segment.end() - segment.start());
        assertEquals(new String(codePoints, (int) segment.start(), length), segment.text(), where);
        assertEquals(segment.text().strip(), segment.text(), where);
        assertFalse(segment.text().isBlank(), where);
        assertTrue(Segmenting.isBounded(segment), where);
        at = segment.end();
      }
      assertTrue(blank(codePoints, at, codePoints.length), "seed " + seed + " round " + round);
    }
  }

  private static boolean blank(int[] codePoints, long from, long to) {
    for (long i = from; i < to; i++) {
      if (!Punctuation.isBlank(codePoints[(int) i])) {
        return false;
      }
    }
    return from <= to;
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    int words = random.nextInt(80);
    for (int i = 0; i < words; i++) {
      text.append(WORDS.get(random.nextInt(WORDS.size())));
      text.append(random.nextInt(5) == 0 ? "" : " ");
    }
    return text.toString();
  }

  private List<String> anyCut(String text) {
    List<String> pieces = new ArrayList<>();
    int largest = 1 + random.nextInt(40);
    for (int at = 0; at < text.length(); ) {
      int end = Math.min(text.length(), at + random.nextInt(largest + 1));
      pieces.add(text.substring(at, end));
      at = end;
    }
    return pieces;
  }

  private List<String> cut(String text) {
    List<String> pieces = new ArrayList<>();
    StringBuilder piece = new StringBuilder();
    for (String part : anyCut(text)) {
      piece.append(part);
      if (!endsAfterMark(piece)) {
        pieces.add(piece.toString());
        piece.setLength(0);
      }
    }
    pieces.add(piece.toString());
    return pieces;
  }

  private static boolean endsAfterMark(StringBuilder piece) {
    for (int i = piece.length() - 1; i >= 0; i--) {
      if (!Punctuation.isCloser(piece.charAt(i))) {
        return Punctuation.isEnd(piece.charAt(i));
      }
    }
    return true;
  }
}
