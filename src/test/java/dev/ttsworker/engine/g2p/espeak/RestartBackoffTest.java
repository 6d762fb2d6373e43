package dev.ttsworker.engine.g2p.espeak;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ttsworker.engine.g2p.espeak.HelperFailure.Reason;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RestartBackoffTest {
  private final RestartBackoff delay = new RestartBackoff();

  @Test
  void restsGrowWithTheFailuresOfAMinute() {
    List<Long> rests =
        IntStream.range(0, 8).mapToObj(i -> delay.afterFailure(i).toSeconds()).toList();
    assertEquals(List.of(0L, 0L, 1L, 2L, 4L, 8L, 8L, 8L), rests);
  }

  @Test
  void manyFailuresStayAtTheLongest() {
    for (int i = 0; i < 10_000; i++) {
      delay.afterFailure(i);
    }
    assertEquals(Duration.ofSeconds(8), delay.afterFailure(10_000));
  }

  @Test
  void failuresAreForgottenAfterAMinute() {
    for (int i = 0; i < 10; i++) {
      delay.afterFailure(i);
    }
    assertEquals(Duration.ZERO, delay.afterFailure(Duration.ofSeconds(61).toNanos()));
  }

  @Test
  void startThatTookItsWholeTimeIsNotRepeatedAtOnce() {
    assertEquals(Duration.ofSeconds(1), delay.afterFailedStart(0, Reason.LATE));
    assertEquals(Duration.ZERO, new RestartBackoff().afterFailedStart(0, Reason.NOT_STARTED));
  }
}
