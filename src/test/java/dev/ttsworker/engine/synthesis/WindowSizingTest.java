package dev.ttsworker.engine.synthesis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class WindowSizingTest {
  private static final boolean CALM = true;
  private static final boolean BUSY = false;

  @Test
  void windowHoldsNoMoreSoundThanTheListenerHasInHand() {
    assertEquals(
        List.of(8, 8, 8, 8, 16, 16, 32, 32, 64, 64),
        sizes(CALM, -500, 0, 90, 185, 186, 371, 372, 743, 744, 60_000));
  }

  @Test
  void firstWindowsAreLargerBesideOtherWork() {
    assertEquals(List.of(16, 16, 8, 8, 32, 64), sizes(BUSY, -500, 0, 1, 185, 372, 60_000));
  }

  @Test
  void whereNobodyListensInRealTimeWindowsAreLarge() {
    assertEquals(64, WindowSizing.frames(OptionalLong.empty(), CALM));
  }

  @Test
  void firstSoundOfAnIdleMachineMayUseItsThreads() {
    assertEquals(2, WindowSizing.pace(lead(0), CALM, 2).threads());
    assertEquals(2, WindowSizing.pace(lead(-20), CALM, 2).threads());
    assertEquals(1, WindowSizing.pace(lead(0), BUSY, 2).threads());
    assertEquals(1, WindowSizing.pace(lead(93), CALM, 2).threads());
    assertEquals(1, WindowSizing.pace(OptionalLong.empty(), CALM, 2).threads());
  }

  private static OptionalLong lead(long millis) {
    return OptionalLong.of(Duration.ofMillis(millis).toNanos());
  }

  private static List<Integer> sizes(boolean calm, long... leadMillis) {
    return LongStream.of(leadMillis)
        .mapToObj(lead -> OptionalLong.of(Duration.ofMillis(lead).toNanos()))
        .map(lead -> WindowSizing.frames(lead, calm))
        .toList();
  }
}
