package dev.ttsworker.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.health.Readiness.State;
import dev.ttsworker.health.Readiness.Status;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReadinessTest {
  private final Readiness readiness = new Readiness();
  private final List<Status> notified = new ArrayList<>();

  @Test
  void stateIsLoadingAtFirst() {
    assertEquals(State.LOADING, readiness.status().state());
    assertFalse(readiness.status().serving());
  }

  @Test
  void listenersAreNotifiedOfTheStateAtOnceAndOfEachChangeOnce() {
    readiness.transitionTo(State.SERVING, "joe speaks");
    readiness.addListener(notified::add);
    readiness.transitionTo(State.SERVING, "joe speaks");
    readiness.transitionTo(State.SERVING, "the fallback speaks");
    readiness.transitionTo(State.UNABLE, "nothing speaks");
    assertEquals(
        List.of(
            new Status(State.SERVING, "joe speaks"),
            new Status(State.SERVING, "the fallback speaks"),
            new Status(State.UNABLE, "nothing speaks")),
        notified);
    assertTrue(notified.getFirst().serving());
  }

  @Test
  void drainingIsFinal() {
    readiness.addListener(notified::add);
    readiness.transitionTo(State.DRAINING, "SIGTERM");
    readiness.transitionTo(State.SERVING, "a voice came late");
    assertEquals(new Status(State.DRAINING, "SIGTERM"), readiness.status());
    assertEquals(2, notified.size());
  }
}
