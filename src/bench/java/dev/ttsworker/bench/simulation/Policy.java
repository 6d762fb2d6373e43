package dev.ttsworker.bench.simulation;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Policy by which a balancer picks a worker for a call.
public enum Policy {
  ROUND_ROBIN("round-robin"),
  /// Fewest active calls of all workers.
  LEAST_REQUEST("least-request"),
  /// Weighted round robin by the workers' ORCA reports.
  ORCA("orca"),
  /// Fewer active calls of two random workers.
  TWO_CHOICES("two-choices"),
  /// Ring hash of the conversation's id.
  HASH("hash");

  private final String label;

  Policy(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }

  public static Optional<Policy> of(String label) {
    return Arrays.stream(values()).filter(policy -> policy.label.equals(label)).findFirst();
  }

  public static List<String> labels() {
    return Arrays.stream(values()).map(Policy::label).toList();
  }

  Balancer balancer(Agenda agenda, RandomGenerator random) {
    return switch (this) {
      case ROUND_ROBIN -> new RoundRobin();
      case LEAST_REQUEST -> new LeastRequest();
      case ORCA -> new WeightedRoundRobin(agenda);
      case TWO_CHOICES -> new TwoChoices(random);
      case HASH -> new RingHash();
    };
  }
}
