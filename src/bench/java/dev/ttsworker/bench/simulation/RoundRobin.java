package dev.ttsworker.bench.simulation;

import java.util.List;
import java.util.function.Predicate;

/// Round robin: one worker after the other.
final class RoundRobin implements Balancer {
  private int next;

  @Override
  public ModelWorker pick(
      List<ModelWorker> workers, Predicate<ModelWorker> allowed, long conversation) {
    ModelWorker picked;
    do {
      next = (next + 1) % workers.size();
      picked = workers.get(next);
    } while (!allowed.test(picked));
    return picked;
  }
}
