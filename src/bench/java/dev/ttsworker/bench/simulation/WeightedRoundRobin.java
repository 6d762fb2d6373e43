package dev.ttsworker.bench.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/// Weighted round robin by ORCA reports: calls per second over utilization, renewed every second,
/// by the static stride scheduler of gRPC (gRFC A58). A worker without a usable report counts as
/// average.
final class WeightedRoundRobin implements Balancer {
  static final double LEAST_RATE = 0.1;
  static final double LEAST_UTILIZATION = 0.01;

  private static final long SECOND = 1_000_000_000L;
  private static final long RENEWAL_NANOS = SECOND;

  /// A worker's first reports say little.
  private static final long BLACKOUT_NANOS = 10 * SECOND;

  private static final long EXPIRY_NANOS = 180 * SECOND;

  /// The largest weight in whole numbers.
  private static final int LARGEST = 65_535;

  private final Agenda agenda;
  private final Map<ModelWorker, Report> reports = new HashMap<>();
  private List<ModelWorker> known = List.of();
  private int[] weights = {};
  private long renewedNanos;
  private long sequence;

  WeightedRoundRobin(Agenda agenda) {
    this.agenda = agenda;
  }

  private record Report(long firstNanos, long latestNanos, double weight) {}

  @Override
  public void report(ModelWorker worker, double callsPerSecond, double utilization) {
    double weight = Math.max(LEAST_RATE, callsPerSecond) / Math.max(LEAST_UTILIZATION, utilization);
    long now = agenda.nowNanos();
    Report former = reports.get(worker);
    long first = former == null || isExpired(former) ? now : former.firstNanos;
    reports.put(worker, new Report(first, now, weight));
  }

  private boolean isExpired(Report report) {
    return agenda.nowNanos() - report.latestNanos > EXPIRY_NANOS;
  }

  @Override
  public ModelWorker pick(
      List<ModelWorker> workers, Predicate<ModelWorker> allowed, long conversation) {
    if (!workers.equals(known) || agenda.nowNanos() - renewedNanos >= RENEWAL_NANOS) {
      renew(workers);
    }
    ModelWorker picked;
    do {
      picked = workers.get(next());
    } while (!allowed.test(picked));
    return picked;
  }

  private void renew(List<ModelWorker> workers) {
    known = workers;
    renewedNanos = agenda.nowNanos();
    double sum = 0;
    double largest = 0;
    int usable = 0;
    for (ModelWorker worker : workers) {
      OptionalDouble weight = weight(worker);
      usable += weight.isPresent() ? 1 : 0;
      sum += weight.orElse(0);
      largest = Math.max(largest, weight.orElse(0));
    }
    double mean = usable == 0 ? 1 : sum / usable;
    weights = new int[workers.size()];
    for (int i = 0; i < weights.length; i++) {
      double weight = weight(workers.get(i)).orElse(mean);
      double share = usable == 0 ? 1 : weight / largest;
      weights[i] = (int) Math.max(1, Math.round(share * LARGEST));
    }
  }

  private OptionalDouble weight(ModelWorker worker) {
    Report report = reports.get(worker);
    if (report == null
        || isExpired(report)
        || agenda.nowNanos() - report.firstNanos < BLACKOUT_NANOS) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(report.weight);
  }

  /// Goes round, and passes a worker by as often as its weight is below the largest.
  private int next() {
    int count = weights.length;
    while (true) {
      int index = (int) (sequence % count);
      long generation = sequence / count;
      sequence++;
      long remainder = (weights[index] * generation + (long) index * (LARGEST / 2)) % LARGEST;
      if (remainder >= LARGEST - weights[index]) {
        return index;
      }
    }
  }
}
