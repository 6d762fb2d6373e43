package dev.ttsworker.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.config.LimitSettings;
import dev.ttsworker.engine.TextEvent;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class CallTextTest {
  private static final int MOST_WAITING = 1 << 20;

  private final ByteBudget budget =
      new ByteBudget("text that waits", "limits.max_waiting_text_mb", MOST_WAITING);
  private final CallText text =
      new CallText(
          new LimitSettings(2 * MOST_WAITING, 4 * MOST_WAITING, 1, 1),
          Duration.ZERO,
          budget,
          TextEvent.Piece.LONGEST);

  @Test
  void longPiecesComeInParts() {
    String written = "a".repeat(TextEvent.Piece.LONGEST - 1) + "😀 and more".repeat(400);
    text.add(written, 0);
    text.end();
    StringBuilder parts = new StringBuilder();
    int count = 0;
    while (text.poll() instanceof TextEvent.Piece(String part)) {
      assertTrue(part.length() <= TextEvent.Piece.LONGEST, part.length() + " chars");
      assertFalse(Character.isHighSurrogate(part.charAt(part.length() - 1)), "a pair was divided");
      parts.append(part);
      count++;
    }
    assertEquals(written, parts.toString());
    assertEquals(4, count);
    assertEquals(0, budget.used());
  }

  @Test
  void piecesComeAsTheyWereSentWhereTheyAreCounted() {
    CallText whole =
        new CallText(
            new LimitSettings(2 * MOST_WAITING, 4 * MOST_WAITING, 1, 1),
            Duration.ZERO,
            budget,
            Integer.MAX_VALUE);
    String written = "a".repeat(19_999);
    whole.add(written, 0);
    assertEquals(new TextEvent.Piece(written), whole.poll());
    assertFalse(whole.hasPieces());
    assertEquals(0, budget.used());
  }

  @Test
  void pieceThatDoesNotFitLeavesNothingBehind() {
    WorkerException refusal =
        assertThrows(WorkerException.class, () -> text.add("a".repeat(MOST_WAITING), 0));
    assertEquals(ErrorCode.BUDGET_EXCEEDED, refusal.code());
    assertFalse(text.hasPieces());
    assertEquals(0, budget.used());
    text.add("a", 0);
    assertTrue(text.hasPieces());
    text.close();
    assertEquals(0, budget.used());
  }
}
