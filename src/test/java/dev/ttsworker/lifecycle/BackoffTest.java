package dev.ttsworker.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class BackoffTest {
  @Test
  void doublesFromOneSecondToOneMinuteAndStartsAgain() {
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60));
    List<Long> waits = Stream.generate(backoff::next).limit(8).map(Duration::toSeconds).toList();
    assertEquals(List.of(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L), waits);
    backoff.reset();
    assertEquals(Duration.ofSeconds(1), backoff.next());
  }
}
