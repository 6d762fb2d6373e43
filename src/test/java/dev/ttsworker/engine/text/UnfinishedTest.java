package dev.ttsworker.engine.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of a sentence's beginning when nothing follows for a while.
final class UnfinishedTest {
  private final SentenceSegmenter segmenter = new SentenceSegmenter();

  @Test
  void whatIsHeldEndsAndTheTextGoesOn() {
    assertEquals(List.of(), segmenter.appendText("  The weather is "));
    assertEquals(List.of(new Segment("The weather is", 2, 16)), segmenter.finish());
    assertEquals(List.of(), segmenter.finish());
    assertEquals(List.of(new Segment("fine.", 17, 22)), segmenter.appendText("fine."));
    assertEquals(List.of(), segmenter.appendText(" Dr"));
    assertEquals(List.of(new Segment("Dr", 23, 25)), segmenter.finish());
    assertEquals(List.of(new Segment(".", 25, 26)), segmenter.appendText(". Who"));
    assertEquals(List.of(new Segment("Who", 27, 30)), segmenter.finish());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Dr.", "So", "(and", "5", "说", "👍", "3. ", "One. Two"})
  void textIsHeld(String text) {
    var _ = segmenter.appendText(text);
    assertTrue(segmenter.holdsText());
    assertFalse(segmenter.finish().isEmpty());
    assertFalse(segmenter.holdsText());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n", "\"", "(", "- ", "One. ", "One.\u00a0", "One. “", "\ud83d"})
  void nothingIsHeldThatCouldBeSaid(String text) {
    var _ = segmenter.appendText(text);
    assertFalse(segmenter.holdsText());
  }

  @Test
  void nothingIsLostHoweverOftenTheInputPauses() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String text =
        "Dr. Smith (Jr.) paid $4.50… “Was it much?” 😀 No.\n\n1. So\n2. 说。 Be it ".repeat(20);
    for (int round = 0; round < 200; round++) {
      SentenceSegmenter paused = new SentenceSegmenter();
      List<Segment> segments = new ArrayList<>();
      for (int at = 0; at < text.length(); ) {
        int end = Math.min(text.length(), at + 1 + random.nextInt(30));
        segments.addAll(paused.appendText(text.substring(at, end)));
        if (random.nextBoolean() && !Character.isHighSurrogate(text.charAt(end - 1))) {
          segments.addAll(paused.finish());
        }
        at = end;
      }
      segments.addAll(paused.finish());
      StringBuilder said = new StringBuilder();
      int[] codePoints = text.codePoints().toArray();
      for (Segment segment : segments) {
        int length = (int) (segment.end() - segment.start());
        assertEquals(
            new String(codePoints, (int) segment.start(), length), segment.text(), "seed " + seed);
        said.append(segment.text());
      }
      assertEquals(
          text.replaceAll("\\s", ""), said.toString().replaceAll("\\s", ""), "seed " + seed);
    }
  }
}
