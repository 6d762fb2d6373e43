package dev.ttsworker.synthesis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class WindowPlanTest {
  private final WindowPlan plan = new WindowPlan();

  @Test
  void firstWindowIsSmallAndLaterOnesGrow() {
    plan.nextSegment();
    assertEquals(List.of(16, 32, 64, 96, 96, 96), next(6));
  }

  @Test
  void laterSegmentsBeginRatherSmall() {
    next(5);
    plan.nextSegment();
    assertEquals(List.of(32, 64, 96, 96), next(4));
  }

  @Test
  void segmentsWithoutAWindowTakeNothingFromTheFirst() {
    plan.nextSegment();
    plan.nextSegment();
    assertEquals(List.of(16, 32), next(2));
  }

  private List<Integer> next(int count) {
    return IntStream.range(0, count).mapToObj(_ -> plan.next()).toList();
  }
}
