package dev.ttsworker.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class PlayoutTest {
  private static final long MS = 1_000_000;

  private final Playout playout = new Playout();

  @Test
  void playsFromTheFirstAudioOn() {
    assertFalse(playout.hasStarted());
    assertFalse(playout.arrived(1000 * MS, 20 * MS));
    assertTrue(playout.hasStarted());
    assertEquals(1020 * MS, playout.endsAtNanos());
    assertFalse(playout.arrived(1005 * MS, 100 * MS));
    assertEquals(1120 * MS, playout.endsAtNanos());
    assertEquals(115 * MS, playout.slackNanos(1005 * MS));
  }

  @Test
  void audioThatComesJustInTimeIsNotLate() {
    playout.arrived(0, 20 * MS);
    assertFalse(playout.arrived(20 * MS, 20 * MS));
    assertEquals(0, playout.underrunNanos());
  }

  @Test
  void goesOnFromNowAfterRunningDry() {
    playout.arrived(0, 20 * MS);
    assertTrue(playout.arrived(50 * MS, 20 * MS));
    assertEquals(30 * MS, playout.underrunNanos());
    assertEquals(70 * MS, playout.endsAtNanos());
    assertFalse(playout.arrived(60 * MS, 20 * MS));
    assertEquals(0, playout.underrunNanos());
    assertEquals(90 * MS, playout.endsAtNanos());
  }

  @Test
  void timesMayBeNegativeAsThoseOfNanoTime() {
    playout.arrived(Long.MAX_VALUE - 5, 20);
    assertFalse(playout.arrived(Long.MAX_VALUE + 5, 20));
    assertTrue(playout.arrived(Long.MAX_VALUE + 45, 20));
    assertEquals(10, playout.underrunNanos());
  }

  /// Whatever comes whenever: the listener plays all of it, and waits as long as the underruns
  /// last.
  @Test
  void playsAllAudioWithItsWaits() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    long now = random.nextLong();
    long start = now;
    long audio = 0;
    long underruns = 0;
    for (int i = 0; i < 1000; i++) {
      long piece = random.nextLong(1, 40 * MS);
      if (playout.arrived(now, piece)) {
        underruns += playout.underrunNanos();
      }
      audio += piece;
      assertEquals(
          start + audio + underruns, playout.endsAtNanos(), "seed " + seed + ", piece " + i);
      // More than is played, so that the listener must wait.
      now += random.nextLong(80 * MS);
    }
    assertTrue(underruns > 0, "seed " + seed);
  }
}
