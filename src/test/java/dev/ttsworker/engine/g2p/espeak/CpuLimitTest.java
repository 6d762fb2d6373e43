package dev.ttsworker.engine.g2p.espeak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

final class CpuLimitTest {
  private final Queue<Runnable> later = new ArrayDeque<>();
  private Duration used = Duration.ZERO;
  private int ended;
  private final CpuLimit limit =
      new CpuLimit(() -> used, Duration.ofSeconds(2), later::add, () -> ended++);

  @Test
  void workThatTakesTooMuchProcessorTimeEndsTheProgram() {
    CpuLimit.Work work = limit.begin();
    tick(500);
    tick(1_000);
    tick(999);
    assertEquals(0, ended);
    tick(1);
    assertEquals(1, ended);
    work.close();
  }

  @Test
  void waitingCostsNothing() {
    CpuLimit.Work work = limit.begin();
    for (int i = 0; i < 1_000; i++) {
      tick(0);
    }
    assertEquals(0, ended);
    work.close();
  }

  @Test
  void doneWorkIsWatchedNoMore() {
    limit.begin().close();
    CpuLimit.Work second = limit.begin();
    tick(0);
    second.close();
    tick(60_000);
    assertEquals(0, ended);
    assertTrue(later.isEmpty());
  }

  /// Time passes for the program, then all that is due runs.
  private void tick(long millis) {
    used = used.plusMillis(millis);
    for (int due = later.size(); due > 0; due--) {
      later.remove().run();
    }
  }
}
