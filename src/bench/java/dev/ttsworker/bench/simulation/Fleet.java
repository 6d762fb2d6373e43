package dev.ttsworker.bench.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// The workers of a fleet, and which of them a balancer takes for healthy.
final class Fleet {
  private static final long REPORT_NANOS = 1_000_000_000;

  /// Over which a worker counts the calls that it reports.
  private static final int RATE_SECONDS = 5;

  private final Agenda agenda;
  private final Balancer balancer;
  private final IntFunction<ModelWorker> workers;
  private final List<ModelWorker> all = new ArrayList<>();
  private List<ModelWorker> healthy = List.of();
  private int starting;

  /// @param workers makes the one with a number
  Fleet(Agenda agenda, Balancer balancer, IntFunction<ModelWorker> workers) {
    this.agenda = agenda;
    this.balancer = balancer;
    this.workers = workers;
  }

  /// Workers serve from now on.
  void add(int count) {
    List<ModelWorker> more = new ArrayList<>(healthy);
    for (int i = 0; i < count; i++) {
      ModelWorker worker = workers.apply(all.size());
      all.add(worker);
      more.add(worker);
      // Not all at the same moment.
      agenda.after(REPORT_NANOS * (all.size() % 97) / 97, () -> report(worker, new ArrayList<>()));
    }
    healthy = List.copyOf(more);
  }

  private void report(ModelWorker worker, List<Long> begun) {
    if (worker.isLost() || (worker.isDraining() && worker.openCalls() == 0)) {
      return;
    }
    begun.add(worker.begun());
    int seconds = Math.min(RATE_SECONDS, begun.size() - 1);
    worker.meter().read();
    if (seconds > 0) {
      long recent = begun.getLast() - begun.get(begun.size() - 1 - seconds);
      balancer.report(worker, (double) recent / seconds, worker.capacityUsed());
    }
    if (begun.size() > RATE_SECONDS + 1) {
      begun.removeFirst();
    }
    agenda.after(REPORT_NANOS, () -> report(worker, begun));
  }

  /// Workers serve after a while.
  void start(int count, long afterNanos) {
    starting += count;
    agenda.after(
        afterNanos,
        () -> {
          starting -= count;
          add(count);
        });
  }

  int starting() {
    return starting;
  }

  /// Takes the youngest workers out; their calls go on.
  void drain(int count) {
    List<ModelWorker> rest = new ArrayList<>(healthy);
    for (int i = 0; i < count && rest.size() > 1; i++) {
      rest.removeLast().drain();
    }
    healthy = List.copyOf(rest);
  }

  /// One of `zones` is gone; the balancer notices later.
  void loseZone(int zones, long noticedAfterNanos) {
    for (ModelWorker worker : all) {
      if (worker.number() % zones == 0) {
        worker.lose(noticedAfterNanos);
      }
    }
    agenda.after(
        noticedAfterNanos,
        () -> healthy = healthy.stream().filter(worker -> !worker.isLost()).toList());
  }

  /// The same list until its members change.
  List<ModelWorker> healthy() {
    return healthy;
  }

  /// All that ever served.
  List<ModelWorker> all() {
    return all;
  }

  Balancer balancer() {
    return balancer;
  }
}
