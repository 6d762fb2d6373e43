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
  void equalOnesAreHeldOnceUntilTheLastSessionEnds() {
    SharedLexicons.Held first = hold("iPhone=eye phone");
    long used = budget.used();
    assertTrue(used > 0);
    SharedLexicons.Held second = hold("iPhone=eye phone");
    assertSame(first.lexicon(), second.lexicon());
    assertEquals(used, budget.used());
    first.close();
    first.close();
    assertEquals(used, budget.used());
    assertSame(second.lexicon(), hold("iPhone=eye phone").lexicon());
    second.close();
    assertNotSame(second.lexicon(), hold("GIF=jif").lexicon());
  }

  @Test
  void memoryIsGivenBack() {
    hold("iPhone=eye phone").close();
    assertEquals(0, budget.used());
  }

  @Test
  void tooManyDifferentOnesAreRefusedNamingTheSetting() {
    List<SharedLexicons.Held> held = new ArrayList<>();
    WorkerException refused =
        assertThrows(
            WorkerException.class,
            () -> {
              for (int i = 0; i < 1_000; i++) {
                held.add(hold("word" + letters(i) + "=" + "other words ".repeat(15)));
              }
            });
    assertEquals(ErrorCode.BUDGET_EXCEEDED, refused.code());
    assertTrue(refused.getMessage().contains("session.max_lexicons_mb"), refused.getMessage());
    assertTrue(budget.used() <= 1 << 20);
    assertTrue(held.size() > 100, held.size() + " held");
    held.forEach(SharedLexicons.Held::close);
    assertEquals(0, budget.used());
  }

  @Test
  void badOneTakesNothing() {
    assertThrows(WorkerException.class, () -> hold("no entry"));
    assertEquals(0, budget.used());
  }

  private SharedLexicons.Held hold(String text) {
    return lexicons.hold(text, () -> OptionReader.lexicon(text));
  }

  private static String letters(int number) {
    return Integer.toString(number, 26).replaceAll("[0-9]", "x") + number;
  }
}
