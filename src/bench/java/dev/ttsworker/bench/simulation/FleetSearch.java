package dev.ttsworker.bench.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/// Binary search for the fewest workers with which a load is served well.
public final class FleetSearch {
  /// Share of the calls that may be refused.
  public static final double MOST_REFUSED = 0.001;

  /// Share of the calls that may have an underrun.
  public static final double MOST_UNDERRUN = 0.001;

  private final IntFunction<FleetRun> trial;
  private final Predicate<FleetRun> good;
  private final List<FleetRun> runs = new ArrayList<>();

  /// @param trial runs the load with so many workers
  public FleetSearch(IntFunction<FleetRun> trial, Predicate<FleetRun> good) {
    this.trial = trial;
    this.good = good;
  }

  /// Searches upwards from a number of workers that cannot be enough, in steps that double, then
  /// halves the distance down to a hundredth.
  ///
  /// @param tooFew workers that are known not to be enough, at least 0
  /// @return the run with the fewest that were enough
  public FleetRun fewest(int tooFew) {
    int low = tooFew;
    int step = Math.max(1, tooFew / 4);
    FleetRun best = run(low + step);
    while (!good.test(best)) {
      low = best.workers();
      step *= 2;
      best = run(low + step);
    }
    while (best.workers() - low > Math.max(1, best.workers() / 100)) {
      FleetRun middle = run((low + best.workers()) / 2);
      if (good.test(middle)) {
        best = middle;
      } else {
        low = middle.workers();
      }
    }
    return best;
  }

  private FleetRun run(int workers) {
    FleetRun run = trial.apply(workers);
    runs.add(run);
    return run;
  }

  /// All runs so far.
  public List<FleetRun> runs() {
    return List.copyOf(runs);
  }
}
