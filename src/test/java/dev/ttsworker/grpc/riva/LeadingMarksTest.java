package dev.ttsworker.grpc.riva;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class LeadingMarksTest {
  private final LeadingMarks marks = new LeadingMarks();

  @Test
  void marksWaitForTheFirstWord() {
    assertEquals("", marks.pass("… "));
    assertEquals("", marks.pass(""));
    assertEquals("", marks.pass("“"));
    assertEquals("… “Yes", marks.pass("Yes"));
    assertEquals("?!", marks.pass("?!"));
  }

  @Test
  void signsThatAreSaidAreNoMarks() {
    assertEquals("$", marks.pass("$"));
    assertEquals(".", marks.pass("."));
  }

  @Test
  void noMoreIsHeldThanAThousandCharacters() {
    assertEquals("", marks.pass(".".repeat(1_000)));
    assertEquals(".".repeat(1_001), marks.pass("."));
  }
}
