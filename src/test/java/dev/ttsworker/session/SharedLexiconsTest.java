package dev.ttsworker.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SharedLexiconsTest {
  private final ByteBudget budget =
      new ByteBudget("the lexicons of sessions", "session.max_lexicons_mb", 1 << 20);
  private final SharedLexicons lexicons = new SharedLexicons(budget);

  @Test
  void equalLexiconsAreSharedUntilTheLastSessionEnds() {
    SharedLexicons.LexiconLease first = acquire("iPhone=eye phone");
    long used = budget.used();
    assertTrue(used > 0);
    SharedLexicons.LexiconLease second = acquire("iPhone=eye phone");
    assertSame(first.lexicon(), second.lexicon());
    assertEquals(used, budget.used());
    first.close();
    first.close();
    assertEquals(used, budget.used());
    assertSame(second.lexicon(), acquire("iPhone=eye phone").lexicon());
    second.close();
    assertNotSame(second.lexicon(), acquire("GIF=jif").lexicon());
  }

  @Test
  void memoryIsReleased() {
    acquire("iPhone=eye phone").close();
    assertEquals(0, budget.used());
  }

  @Test
  void tooManyDifferentOnesAreRefusedNamingTheSetting() {
    List<SharedLexicons.LexiconLease> held = new ArrayList<>();
    WorkerException refused =
        assertThrows(
            WorkerException.class,
            () -> {
              for (int i = 0; i < 1_000; i++) {
                held.add(acquire("word" + letters(i) + "=" + "other words ".repeat(15)));
              }
            });
    assertEquals(ErrorCode.BUDGET_EXCEEDED, refused.code());
    assertTrue(refused.getMessage().contains("session.max_lexicons_mb"), refused.getMessage());
    assertTrue(budget.used() <= 1 << 20);
    assertTrue(held.size() > 100, held.size() + " held");
    held.forEach(SharedLexicons.LexiconLease::close);
    assertEquals(0, budget.used());
  }

  @Test
  void invalidLexiconReservesNothing() {
    assertThrows(WorkerException.class, () -> acquire("no entry"));
    assertEquals(0, budget.used());
  }

  private SharedLexicons.LexiconLease acquire(String text) {
    return lexicons.acquire(text, () -> OptionReader.lexicon(text));
  }

  private static String letters(int number) {
    return Integer.toString(number, 26).replaceAll("[0-9]", "x") + number;
  }
}
