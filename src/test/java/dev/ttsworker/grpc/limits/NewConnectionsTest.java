package dev.ttsworker.grpc.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Which connection is evicted when too many are in their handshakes.
final class NewConnectionsTest {
  private long now;
  private final NewConnections<Integer> newConnections = new NewConnections<>(() -> now);

  @BeforeEach
  void fill() {
    for (int i = 0; i < NewConnections.MAX; i++) {
      assertEquals(Optional.empty(), newConnections.enter(i));
    }
  }

  @Test
  void oldestIsEvictedOnceItReachedTheMinimumAge() {
    now += NewConnections.MIN_AGE.toNanos();
    assertEquals(Optional.of(0), newConnections.enter(-1));
    assertEquals(Optional.of(1), newConnections.enter(-2));
  }

  @Test
  void newOneIsRefusedDuringTheHandshakesOfTheOthers() {
    now += NewConnections.MIN_AGE.toNanos() - 1;
    assertEquals(Optional.of(-1), newConnections.enter(-1));
  }

  @Test
  void completedHandshakesMakeRoom() {
    newConnections.leave(5);
    assertEquals(Optional.empty(), newConnections.enter(-1));
    assertEquals(Optional.of(-2), newConnections.enter(-2));
  }
}
