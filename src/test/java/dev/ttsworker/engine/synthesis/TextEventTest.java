package dev.ttsworker.engine.synthesis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.TextEvent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TextEventTest {
  private static final int LONGEST = TextEvent.Piece.LONGEST;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, LONGEST - 1, LONGEST})
  void textThatFitsIsOnePart(int chars) {
    String text = "a".repeat(chars);
    assertEquals(List.of(text), TextEvent.Piece.divide(text));
  }

  @ParameterizedTest
  @ValueSource(ints = {LONGEST + 1, 2 * LONGEST, 2 * LONGEST + 1, 5 * LONGEST})
  void longTextIsDividedIntoPartsAsLongAsAllowed(int chars) {
    List<String> parts = TextEvent.Piece.divide("a".repeat(chars));
    assertEquals((chars + LONGEST - 1) / LONGEST, parts.size());
    for (String part : parts.subList(0, parts.size() - 1)) {
      assertEquals(LONGEST, part.length());
    }
    assertEquals("a".repeat(chars), String.join("", parts));
  }

  /// One char before the pairs, or none: they lie across every border, or across none.
  @ParameterizedTest
  @ValueSource(strings = {"", "a"})
  void pairsOfSurrogatesStayTogether(String before) {
    String text = before + "😀".repeat(2 * LONGEST);
    List<String> parts = TextEvent.Piece.divide(text);
    assertEquals(text, String.join("", parts));
    for (String part : parts) {
      assertFalse(part.isEmpty());
      assertTrue(part.length() <= LONGEST, part.length() + " chars");
      assertFalse(Character.isLowSurrogate(part.charAt(0)));
    }
  }

  @Test
  void surrogateWithoutItsOtherHalfIsNoPair() {
    String text = "a".repeat(LONGEST - 1) + "\ud83d" + "b".repeat(10);
    assertEquals(
        List.of(text.substring(0, LONGEST), text.substring(LONGEST)), TextEvent.Piece.divide(text));
  }
}
