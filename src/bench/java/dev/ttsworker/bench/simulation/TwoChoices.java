package dev.ttsworker.bench.simulation;

import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/// Power of two choices: of two random workers the one with fewer active calls.
final class TwoChoices implements Balancer {
  private final RandomGenerator random;

  TwoChoices(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public ModelWorker pick(
      List<ModelWorker> workers, Predicate<ModelWorker> allowed, long conversation) {
    ModelWorker one = draw(workers, allowed);
    ModelWorker other = draw(workers, allowed);
    return other.openCalls() < one.openCalls() ? other : one;
  }

  private ModelWorker draw(List<ModelWorker> workers, Predicate<ModelWorker> allowed) {
    ModelWorker drawn;
    do {
      drawn = workers.get(random.nextInt(workers.size()));
    } while (!allowed.test(drawn));
    return drawn;
  }
}
