package dev.ttsworker.bench.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ttsworker.bench.simulation.Script.Segment;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ScriptTest {
  @Test
  void segmentsAreCompleteWhenTheirTextHasArrived() {
    Script script = Script.arriving(List.of(50, 100), 100);
    assertEquals(
        List.of(new Segment(50, 500_000_000), new Segment(100, 1_500_000_000)), script.segments());
    assertEquals(500_000_000, script.speakableNanos());
    assertEquals(0, script.charactersAfter(499_999_999));
    assertEquals(50, script.charactersAfter(500_000_000));
    assertEquals(150, script.charactersAfter(1_500_000_000));
    assertEquals(List.of(new Segment(50, 0), new Segment(100, 0)), script.whole().segments());
  }

  @Test
  void onlyTheFirstLongSentenceIsDivided() {
    Script script = Script.arriving(List.of(150, 150), 100);
    assertEquals(
        List.of(60, 90, 150), script.segments().stream().map(Segment::characters).toList());
  }

  @Test
  void writtenSentenceIsDividedAtItsComma() {
    String long1 = "In the middle of the night, " + "x".repeat(100);
    assertEquals(
        List.of(28, 100), Script.of(long1).segments().stream().map(Segment::characters).toList());
    assertEquals(1, Script.of("Oh, " + "x".repeat(130)).segments().size());
    assertEquals(1, Script.of("A short one of twenty, and more.").segments().size());
  }

  @Test
  void callWithoutTextIsNone() {
    assertThrows(IllegalArgumentException.class, () -> new Script(List.of()));
    assertThrows(IllegalArgumentException.class, () -> Script.of(0));
  }
}
