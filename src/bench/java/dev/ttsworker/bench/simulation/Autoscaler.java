package dev.ttsworker.bench.simulation;

import java.util.ArrayDeque;
import java.util.Deque;

/// Autoscaler by the mean of the workers' capacity_used, as Kubernetes' HorizontalPodAutoscaler:
/// every 15 s, a tenth of tolerance, down to the largest wish of the last 5 minutes.
final class Autoscaler {
  private static final long SECOND = 1_000_000_000L;
  private static final long PERIOD_NANOS = 15 * SECOND;
  private static final long STABLE_NANOS = 300 * SECOND;
  private static final double TOLERANCE = 0.1;

  private final Agenda agenda;
  private final Fleet fleet;
  private final FleetPlan.Scaling scaling;
  private final Deque<Wish> wishes = new ArrayDeque<>();

  Autoscaler(Agenda agenda, Fleet fleet, FleetPlan.Scaling scaling) {
    this.agenda = agenda;
    this.fleet = fleet;
    this.scaling = scaling;
  }

  private record Wish(long atNanos, int workers) {}

  /// Looks at the fleet every 15 s. What is there now counts as a wish, as it does in Kubernetes.
  void begin() {
    remember(fleet.healthy().size());
    agenda.after(PERIOD_NANOS, this::run);
  }

  private void run() {
    decide();
    agenda.after(PERIOD_NANOS, this::run);
  }

  private void decide() {
    int serving = fleet.healthy().size();
    double used =
        fleet.healthy().stream().mapToDouble(ModelWorker::capacityUsed).average().orElse(0);
    double ratio = used / scaling.target();
    boolean near = Math.abs(ratio - 1) <= TOLERANCE;
    // As HorizontalPodAutoscaler: starting ones count as idle when the fleet grows.
    int wished = near ? serving : (int) Math.ceil(serving * ratio);
    wished = Math.clamp(wished, 1, scaling.most());
    remember(wished);
    int present = serving + fleet.starting();
    if (wished > present) {
      fleet.start(wished - present, scaling.startUp().toNanos());
    } else {
      int stable = wishes.stream().mapToInt(Wish::workers).max().orElse(present);
      fleet.drain(Math.max(0, serving - stable));
    }
  }

  private void remember(int wished) {
    long now = agenda.nowNanos();
    wishes.add(new Wish(now, wished));
    while (wishes.getFirst().atNanos < now - STABLE_NANOS) {
      wishes.removeFirst();
    }
  }
}
