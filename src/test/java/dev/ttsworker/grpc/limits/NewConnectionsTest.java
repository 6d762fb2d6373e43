package dev.ttsworker.grpc.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who gives way when too many connections have not said what they want.
final class NewConnectionsTest {
  private long now;
  private final NewConnections<Integer> newcomers = new NewConnections<>(() -> now);

  @BeforeEach
  void fill() {
    for (int i = 0; i < NewConnections.MOST; i++) {
      assertEquals(Optional.empty(), newcomers.enter(i));
    }
  }

  @Test
  void oldestGivesWayOnceItHadTimeEnough() {
    now += NewConnections.TIME_ENOUGH.toNanos();
    assertEquals(Optional.of(0), newcomers.enter(-1));
    assertEquals(Optional.of(1), newcomers.enter(-2));
  }

  @Test
  void newOneGivesWayWhileTheOthersShakeHands() {
    now += NewConnections.TIME_ENOUGH.toNanos() - 1;
    assertEquals(Optional.of(-1), newcomers.enter(-1));
  }

  @Test
  void thoseWhoHaveSaidWhatTheyWantMakeRoom() {
    newcomers.leave(5);
    assertEquals(Optional.empty(), newcomers.enter(-1));
    assertEquals(Optional.of(-2), newcomers.enter(-2));
  }
}
