package dev.ttsworker.bench.simulation;

import java.util.List;
import java.util.function.Predicate;

/// Picks a worker for a call.
sealed interface Balancer
    permits RoundRobin, LeastRequest, WeightedRoundRobin, TwoChoices, RingHash {
  /// Picks one.
  ///
  /// @param workers known as healthy, at least one; the same list until its members change
  /// @param allowed those that did not refuse the call before; true for at least one
  /// @param conversation whose call it is
  ModelWorker pick(List<ModelWorker> workers, Predicate<ModelWorker> allowed, long conversation);

  /// A worker reports its load.
  ///
  /// @param callsPerSecond begun over the last seconds
  /// @param utilization share of its capacity in use
  default void report(ModelWorker worker, double callsPerSecond, double utilization) {}
}
