package dev.ttsworker.bench.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FleetSearchTest {
  private static final FleetPlan PLAN =
      Plans.plan(1, 1, new Plans.Monologues(60, Duration.ofSeconds(1)));

  /// To within a hundredth.
  @ParameterizedTest
  @CsvSource({"1,0", "2,0", "7,0", "7,6", "64,10", "93,90", "1000,640"})
  void findsTheFewestThatAreEnough(int enough, int tooFew) {
    FleetRun some = FleetSimulation.run(PLAN);
    FleetSearch search =
        new FleetSearch(workers -> withWorkers(some, workers), run -> run.workers() >= enough);
    int found = search.fewest(tooFew).workers();
    assertEquals(enough, found, enough / 100.0);
    assertTrue(found >= enough);
    assertTrue(search.runs().size() < 20, "runs " + search.runs().size());
  }

  private static FleetRun withWorkers(FleetRun run, int workers) {
    return new FleetRun(
        run.policy(),
        workers,
        run.startUpSeconds(),
        run.conversation(),
        run.calls(),
        run.stopped(),
        run.lost(),
        run.retriedAway(),
        run.underrunCalls(),
        run.firstAudioMs(),
        run.queueingMs(),
        run.utilizationMean(),
        run.utilizationMost(),
        run.workersMost(),
        run.slices());
  }
}
