package dev.ttsworker.bench.simulation;

import java.util.List;
import java.util.function.Predicate;

/// Least request: the worker with the fewest active calls, in turn among equal ones.
final class LeastRequest implements Balancer {
  private int start;

  @Override
  public ModelWorker pick(
      List<ModelWorker> workers, Predicate<ModelWorker> allowed, long conversation) {
    int count = workers.size();
    int best = -1;
    start = (start + 1) % count;
    for (int i = 0; i < count; i++) {
      int candidate = start + i < count ? start + i : start + i - count;
      ModelWorker worker = workers.get(candidate);
      boolean fewer = best < 0 || worker.openCalls() < workers.get(best).openCalls();
      if (fewer && allowed.test(worker)) {
        best = candidate;
        if (worker.openCalls() == 0) {
          break;
        }
      }
    }
    start = best;
    return workers.get(best);
  }
}
