package dev.ttsworker.bench.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.bench.load.SentenceSet;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class FleetSimulationTest {
  private static final Plans.Monologues USUAL = new Plans.Monologues(60, Duration.ofSeconds(1));

  private static void assertEveryCallEndedOnce(FleetRun run) {
    int ended =
        run.conversation().sentences() + run.stopped() + run.conversation().refusals() + run.lost();
    assertEquals(run.calls(), ended);
    assertTrue(run.calls() > 0);
  }

  @Test
  void sameSeedGivesTheSameResultAndAnotherOneAnother() {
    FleetPlan plan = Plans.agents(2, 100);
    FleetRun run = FleetSimulation.run(plan);
    assertEquals(run, FleetSimulation.run(plan));
    assertNotEquals(run, FleetSimulation.run(Plans.with(plan, FleetPlan.Mixture.EQUAL, 2)));
  }

  @ParameterizedTest
  @EnumSource(Policy.class)
  void everyCallEndsOnceInAnOverloadedFleetThatLosesAZone(Policy policy) {
    FleetPlan.Faults faults =
        new FleetPlan.Faults(Optional.of(Duration.ofSeconds(20)), 3, Duration.ofSeconds(1));
    FleetRun run =
        FleetSimulation.run(Plans.with(Plans.with(Plans.agents(3, 400), faults), policy, 1));
    assertEveryCallEndedOnce(run);
    assertTrue(run.lost() > 0, "lost");
    assertTrue(run.stopped() > 0, "stopped");
    assertTrue(run.conversation().refusals() > 0, "refused");
  }

  /// Closed form: alone, a call's first audio takes what it costs.
  @Test
  void firstAudioOfOneConversationIsItsCost() {
    FleetRun run = FleetSimulation.run(Plans.plan(1, 1, USUAL));
    assertEquals(40, run.firstAudioMs().p50(), 0.001);
    assertEquals(40, run.firstAudioMs().max(), 0.001);
    assertEquals(0, run.queueingMs().max());
    // A turn: 3 s of speech, a second of pause, 40 ms of waiting.
    assertEquals(60 / 4.04, run.calls(), 1);
    assertTrue(run.conversation().held());
  }

  /// Closed form: busy time is speech times its cost.
  @Test
  void utilizationIsLoadTimesCost() {
    FleetRun run = FleetSimulation.run(Plans.plan(3, 60, USUAL));
    double speech = run.conversation().audioSecondsPerSecond();
    assertEquals(60 * 3 / 4.05, speech, 1);
    assertEquals(speech * 0.03 / (3 * 2), run.utilizationMean(), 0.005);
  }

  @Test
  void fasterWorkerSpeaksSooner() {
    FleetPlan plan = Plans.plan(1, 1, USUAL);
    FleetRun fast = FleetSimulation.run(Plans.with(plan, new FleetPlan.Mixture(1, 4), 1));
    assertEquals(10, fast.firstAudioMs().p50(), 0.001);
  }

  @Test
  void admittedCallsHaveNoUnderrunAndOthersAreRefusedUnderOverload() {
    FleetRun run = FleetSimulation.run(Plans.plan(1, 150, USUAL));
    assertTrue(run.refusedShare() > 0.05, "refused " + run.refusedShare());
    assertTrue(run.queueingMs().p99() > 100, "queueing " + run.queueingMs());
    assertTrue(run.queueingMs().max() <= 1010, "queueing " + run.queueingMs());
    assertTrue(run.underrunShare() < 0.02, "underruns " + run.underrunShare());
    assertEveryCallEndedOnce(run);
  }

  /// Hash leaves workers unequally full: what one refuses another one has room for.
  @Test
  void refusedCallIsSpokenByAnotherWorker() {
    FleetPlan plan = Plans.with(Plans.plan(4, 170, USUAL), new FleetPlan.Mixture(0.25, 0.3), 1);
    FleetRun alone = FleetSimulation.run(Plans.with(plan, Policy.HASH, 0));
    FleetRun retried = FleetSimulation.run(Plans.with(plan, Policy.HASH, 3));
    assertTrue(alone.conversation().refusals() > 20, "alone " + alone.conversation().refusals());
    assertEquals(0, alone.retriedAway());
    assertEquals(0, retried.conversation().refusals());
    assertTrue(retried.retriedAway() > 20, "retried " + retried.retriedAway());
  }

  @Test
  void lostZoneLosesItsCallsOnceAndTheRestServesOn() {
    FleetPlan.Faults faults =
        new FleetPlan.Faults(Optional.of(Duration.ofSeconds(30)), 3, Duration.ofSeconds(1));
    FleetRun run = FleetSimulation.run(Plans.with(Plans.agents(6, 150), faults));
    assertTrue(run.lost() > 0 && run.lost() < 30, "lost " + run.lost());
    assertEquals(0, run.conversation().refusals());
    List<FleetRun.Slice> slices = run.slices();
    assertEquals(6, slices.get(28).workers());
    assertEquals(4, slices.get(32).workers());
    for (FleetRun.Slice slice : slices) {
      assertTrue(slice.lost() == 0 || Math.abs(slice.second() - 30) < 15, slice.toString());
    }
    assertEveryCallEndedOnce(run);
  }

  @Test
  void autoscalerStartsWorkersThatServeAfterAWhile() {
    FleetPlan.Scaling scaling = new FleetPlan.Scaling(0.3, Duration.ofSeconds(40), 100);
    FleetPlan plan = Plans.with(Plans.plan(2, 100, USUAL), scaling, Duration.ofMinutes(5));
    FleetRun run = FleetSimulation.run(plan);
    assertEquals(2, run.slices().getFirst().workers());
    assertEquals(2, run.slices().get(40 / 5).workers(), "before one can have started");
    double speech = run.conversation().audioSecondsPerSecond();
    assertEquals(speech * 0.03 / 2 / 0.3, run.slices().getLast().workers(), 1.5);
  }

  @Test
  void benchmarksLoadSaysItsSentencesInItsOrder() {
    SentenceDialogues dialogues = new SentenceDialogues(SentenceSet.builtIn("mixed"));
    Dialogue dialogue = dialogues.begin(7, 3);
    var order = SentenceSet.builtIn("mixed").order(10);
    for (int i = 0; i < 100; i++) {
      Dialogue.Turn turn = dialogue.next().orElseThrow();
      assertEquals(order.next().length(), turn.script().characters());
      assertTrue(i == 0 || (turn.pauseNanos() >= 200_000_000 && turn.pauseNanos() <= 400_000_000));
    }
  }
}
