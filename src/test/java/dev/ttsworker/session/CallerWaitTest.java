package dev.ttsworker.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.session.CallerWait.Awaited;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// When a call rests for want of its caller.
final class CallerWaitTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final long REST = CallerWait.REST_NANOS;
  private static final long SLOW = CallerWait.SLOW_NANOS;

  private long now = 5 * SECOND;
  private final PlayoutClock playout = new PlayoutClock(now);
  private final CallerWait wait = new CallerWait(playout);

  @Test
  void callThatWaitsForNothingDoesNotRest() {
    now += 100 * SECOND;
    assertFalse(wait.isResting(now));
  }

  @Test
  void callThatAwaitsTextRestsOnceItsListenerHasWaitedToo() {
    leave(250);
    wait.begin(Awaited.TEXT, now);
    now += 5 * SECOND + REST;
    assertFalse(wait.isResting(now), "the listener has had five seconds to hear");
    assertTrue(wait.isResting(now + 1));
    wait.end();
    assertEquals(Awaited.NOTHING, wait.awaited());
    assertFalse(wait.isResting(now + 1));
  }

  @Test
  void pausedCallRestsFromItsPauseOn() {
    leave(1);
    playout.pause(now);
    assertFalse(wait.isResting(now + REST));
    assertTrue(wait.isResting(now + REST + 1));
  }

  @Test
  void readerThatTakesNothingMakesTheCallRestFromWhenFramesWereThere() {
    leave(1);
    wait.offers(now);
    wait.begin(Awaited.READER, now);
    assertFalse(wait.isResting(now + REST));
    assertTrue(wait.isResting(now + REST + 1));
    now += REST;
    wait.takes(now);
    assertFalse(wait.isResting(now + REST), "it has taken some meanwhile");
    assertTrue(wait.isResting(now + REST + 1));
  }

  @Test
  void slowReaderMakesItRestOnceItsListenerHasWaitedForLongInAll() {
    leave(1);
    wait.offers(now);
    wait.begin(Awaited.READER, now);
    beBehind(SLOW);
    assertFalse(wait.isResting(now));
    beBehind(1);
    assertTrue(wait.isResting(now));
  }

  @Test
  void readerThatHasCaughtUpBeginsAnew() {
    leave(1);
    wait.begin(Awaited.READER, now);
    beBehind(SLOW);
    leave(10);
    wait.takes(now);
    now = playout.dryNanos();
    wait.takes(now);
    beBehind(SLOW);
    assertFalse(wait.isResting(now));
    beBehind(1);
    assertTrue(wait.isResting(now));
  }

  /// Only the reader's time counts, not that in which there was nothing to take.
  @Test
  void timeWithoutFramesIsNotTheReaders() {
    leave(1);
    wait.begin(Awaited.READER, now);
    now += 10 * SLOW;
    wait.offers(now);
    wait.takes(now);
    assertFalse(wait.isResting(now));
  }

  @Test
  void callThatIsLetInAgainRestsSoonWhenItsReaderGoesOnSlowly() {
    leave(1);
    wait.begin(Awaited.READER, now);
    beBehind(10 * SLOW);
    assertTrue(wait.isResting(now));
    wait.admitted();
    assertFalse(wait.isResting(now));
    beBehind(REST);
    assertFalse(wait.isResting(now));
    beBehind(1);
    assertTrue(wait.isResting(now));
  }

  /// Frames leave now.
  private void leave(int frames) {
    for (int i = 0; i < frames; i++) {
      playout.frameLeft(now);
    }
  }

  /// The reader takes a frame now and then, each after its listener has waited; so long in all.
  private void beBehind(long nanos) {
    for (long left = nanos; left > 0; left -= SECOND) {
      now = Math.max(now, playout.dryNanos());
      wait.offers(now);
      now += Math.min(left, SECOND);
      wait.takes(now);
      playout.frameLeft(now);
    }
  }
}
