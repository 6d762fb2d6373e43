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
  private final List<Status> told = new ArrayList<>();

  @Test
  void workerBeginsWithoutAVoice() {
    assertEquals(State.LOADING, readiness.status().state());
    assertFalse(readiness.status().serving());
  }

  @Test
  void listenersAreToldTheStateAtOnceAndEachChangeOnce() {
    readiness.transitionTo(State.SERVING, "joe speaks");
    readiness.addListener(told::add);
    readiness.transitionTo(State.SERVING, "joe speaks");
    readiness.transitionTo(State.SERVING, "the fallback speaks");
    readiness.transitionTo(State.UNABLE, "nothing speaks");
    assertEquals(
        List.of(
            new Status(State.SERVING, "joe speaks"),
            new Status(State.SERVING, "the fallback speaks"),
            new Status(State.UNABLE, "nothing speaks")),
        told);
    assertTrue(told.getFirst().serving());
  }

  @Test
  void drainingIsForGood() {
    readiness.addListener(told::add);
    readiness.transitionTo(State.DRAINING, "SIGTERM");
    readiness.transitionTo(State.SERVING, "a voice came late");
    assertEquals(new Status(State.DRAINING, "SIGTERM"), readiness.status());
    assertEquals(2, told.size());
  }
}
