package dev.ttsworker.bench.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AgendaTest {
  private final Agenda agenda = new Agenda();
  private final List<String> happened = new ArrayList<>();

  @Test
  void eventsHappenInOrderOfTheirMomentsAndFifoAmongEqualOnes() {
    agenda.at(20, () -> happened.add("c"));
    agenda.at(10, () -> happened.add("a"));
    agenda.at(10, () -> happened.add("b"));
    agenda.runUntil(20);
    assertEquals(List.of("a", "b", "c"), happened);
  }

  @Test
  void eventsMayPlanOthersAndThePastIsNow() {
    agenda.at(
        10,
        () -> {
          agenda.after(5, () -> happened.add("later " + agenda.nowNanos()));
          agenda.at(3, () -> happened.add("now " + agenda.nowNanos()));
        });
    agenda.runUntil(14);
    assertEquals(List.of("now 10"), happened);
    assertEquals(14, agenda.nowNanos());
    agenda.runUntil(15);
    assertEquals(List.of("now 10", "later 15"), happened);
  }
}
