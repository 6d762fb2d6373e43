package dev.ttsworker.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.session.StallDetector.Awaited;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// When a call stalls on its caller.
final class StallDetectorTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final long REST = StallDetector.STALL_NANOS;
  private static final long SLOW = StallDetector.MAX_READER_DELAY_NANOS;

  private long now = 5 * SECOND;
  private final PlayoutClock playout = new PlayoutClock(now);
  private final StallDetector wait = new StallDetector(playout);

  @Test
  void callThatWaitsForNothingIsNotStalled() {
    now += 100 * SECOND;
    assertFalse(wait.isStalled(now));
  }

  @Test
  void callThatAwaitsTextStallsAfterAnUnderrun() {
    leave(250);
    wait.begin(Awaited.TEXT, now);
    now += 5 * SECOND + REST;
    assertFalse(wait.isStalled(now), "the listener has had five seconds to hear");
    assertTrue(wait.isStalled(now + 1));
    wait.end();
    assertEquals(Awaited.NOTHING, wait.awaited());
    assertFalse(wait.isStalled(now + 1));
  }

  @Test
  void pausedCallStallsFromItsPauseOn() {
    leave(1);
    playout.pause(now);
    assertFalse(wait.isStalled(now + REST));
    assertTrue(wait.isStalled(now + REST + 1));
  }

  @Test
  void readerThatTakesNothingStallsTheCallFromTheFirstFrameOn() {
    leave(1);
    wait.onFramesOffered(now);
    wait.begin(Awaited.READER, now);
    assertFalse(wait.isStalled(now + REST));
    assertTrue(wait.isStalled(now + REST + 1));
    now += REST;
    wait.onReaderProgress(now);
    assertFalse(wait.isStalled(now + REST), "it has taken some meanwhile");
    assertTrue(wait.isStalled(now + REST + 1));
  }

  @Test
  void slowReaderStallsTheCallAfterItsTotalDelay() {
    leave(1);
    wait.onFramesOffered(now);
    wait.begin(Awaited.READER, now);
    delay(SLOW);
    assertFalse(wait.isStalled(now));
    delay(1);
    assertTrue(wait.isStalled(now));
  }

  @Test
  void readerThatHasCaughtUpResetsItsDelay() {
    leave(1);
    wait.begin(Awaited.READER, now);
    delay(SLOW);
    leave(10);
    wait.onReaderProgress(now);
    now = playout.underrunAtNanos();
    wait.onReaderProgress(now);
    delay(SLOW);
    assertFalse(wait.isStalled(now));
    delay(1);
    assertTrue(wait.isStalled(now));
  }

  /// Only the reader's time counts, not that in which there was nothing to take.
  @Test
  void timeWithoutFramesIsNotTheReaders() {
    leave(1);
    wait.begin(Awaited.READER, now);
    now += 10 * SLOW;
    wait.onFramesOffered(now);
    wait.onReaderProgress(now);
    assertFalse(wait.isStalled(now));
  }

  @Test
  void callThatIsAdmittedAgainStallsSoonWithASlowReader() {
    leave(1);
    wait.begin(Awaited.READER, now);
    delay(10 * SLOW);
    assertTrue(wait.isStalled(now));
    wait.admitted();
    assertFalse(wait.isStalled(now));
    delay(REST);
    assertFalse(wait.isStalled(now));
    delay(1);
    assertTrue(wait.isStalled(now));
  }

  /// Frames leave now.
  private void leave(int frames) {
    for (int i = 0; i < frames; i++) {
      playout.onFrameSent(now);
    }
  }

  /// The reader takes a frame at intervals, each after an underrun; `nanos` in total.
  private void delay(long nanos) {
    for (long left = nanos; left > 0; left -= SECOND) {
      now = Math.max(now, playout.underrunAtNanos());
      wait.onFramesOffered(now);
      now += Math.min(left, SECOND);
      wait.onReaderProgress(now);
      playout.onFrameSent(now);
    }
  }
}
