package dev.ttsworker.bench;

import dev.ttsworker.bench.simulation.FleetPlan;
import dev.ttsworker.bench.simulation.Policy;
import dev.ttsworker.bench.simulation.SpeechProfile;
import dev.ttsworker.cli.Output;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The workers and the balancer of a simulation.
@Command // picocli takes no mixin without an annotation of its own
final class SimulatedFleet {
  private static final String ALL = "all";
  private static final int MOST_WORKERS = 100_000;

  @Option(
      names = "--workers",
      split = ",",
      paramLabel = "COUNT",
      description = "Workers; a run for each number; default 1.")
  private List<Integer> workers = List.of(1);

  @Option(
      names = "--threads",
      paramLabel = "COUNT",
      description = "Inference threads of a worker (engine.cpu_threads); default 2.")
  private int threads = 2;

  @Option(
      names = "--policy",
      split = ",",
      paramLabel = "POLICY",
      description =
          "round-robin, least-request, orca, two-choices, hash or all; may be repeated; default"
              + " least-request.")
  private List<String> policies = List.of("least-request");

  @Option(
      names = "--retries",
      paramLabel = "COUNT",
      description = "Other workers that are asked when one refuses a call; default 3.")
  private int retries = 3;

  @Option(
      names = "--max-wait-ms",
      paramLabel = "MS",
      description = "admission.max_wait_ms of the workers; default 1000.")
  private int maxWaitMs = 1000;

  @Option(
      names = "--max-lead-ms",
      paramLabel = "MS",
      description = "Lead at which synthesis pauses; default 5000.")
  private int maxLeadMs = 5000;

  @Option(
      names = "--fast-share",
      paramLabel = "SHARE",
      description = "Share of the workers that are faster; default 0.")
  private double fastShare;

  @Option(
      names = "--fast-speed",
      paramLabel = "FACTOR",
      description = "How many times as fast they are; default 2.")
  private double fastSpeed = 2;

  @Option(
      names = "--zone-loss",
      paramLabel = "SECOND",
      description = "A third of the workers is gone at this second.")
  private @Nullable Integer zoneLoss;

  @Option(
      names = "--detect-ms",
      paramLabel = "MS",
      description = "Until callers and balancer notice that; default 1000.")
  private int detectMs = 1000;

  @Option(
      names = "--scale",
      split = ",",
      paramLabel = "SECONDS",
      description =
          "Autoscaling, with a run for each time that a new worker takes until it serves.")
  private List<Integer> startUp = List.of();

  @Option(
      names = "--scale-target",
      paramLabel = "SHARE",
      description = "Mean capacity_used that it keeps; default 0.5.")
  private double target = 0.5;

  @Option(
      names = "--scale-most",
      paramLabel = "COUNT",
      description = "Most workers; default 100000.")
  private int most = MOST_WORKERS;

  /// A fleet of a run.
  record Size(int workers, Optional<FleetPlan.Scaling> scaling) {}

  List<Size> sizes(Output output) {
    SimulationLimits.check(output, "--scale-most", most, 1, MOST_WORKERS);
    SimulationLimits.check(output, "--scale-target", target, 0.01, 1);
    List<Size> sizes = new ArrayList<>();
    for (int count : workers) {
      SimulationLimits.check(output, "--workers", count, 1, MOST_WORKERS);
      if (startUp.isEmpty()) {
        sizes.add(new Size(count, Optional.empty()));
      }
      for (int seconds : startUp) {
        SimulationLimits.check(output, "--scale", seconds, 0, 3600);
        sizes.add(
            new Size(
                count,
                Optional.of(new FleetPlan.Scaling(target, Duration.ofSeconds(seconds), most))));
      }
    }
    return sizes;
  }

  Set<Policy> policies(Output output) {
    Set<Policy> chosen = new LinkedHashSet<>();
    for (String name : policies) {
      if (name.equals(ALL)) {
        chosen.addAll(List.of(Policy.values()));
      } else {
        chosen.add(
            Policy.of(name)
                .orElseThrow(() ->
                    output.misuse("--policy", name, String.join(", ", Policy.labels()) + ", all")));
      }
    }
    return chosen;
  }

  FleetPlan.WorkerSettings worker(Output output, SpeechProfile profile) {
    return new FleetPlan.WorkerSettings(
        SimulationLimits.check(output, "--threads", threads, 1, 1024),
        Duration.ofMillis(SimulationLimits.check(output, "--max-lead-ms", maxLeadMs, 100, 600_000)),
        Duration.ofMillis(SimulationLimits.check(output, "--max-wait-ms", maxWaitMs, 0, 60_000)),
        profile.charactersPerSecond());
  }

  FleetPlan.Mixture mixture(Output output) {
    return new FleetPlan.Mixture(
        SimulationLimits.check(output, "--fast-share", fastShare, 0, 1),
        SimulationLimits.check(output, "--fast-speed", fastSpeed, 0.01, 100));
  }

  int retries(Output output) {
    return SimulationLimits.check(output, "--retries", retries, 0, 100);
  }

  /// @param seconds of the run
  FleetPlan.Faults faults(Output output, int seconds) {
    int detection = SimulationLimits.check(output, "--detect-ms", detectMs, 0, 600_000);
    if (zoneLoss == null) {
      return FleetPlan.Faults.NONE;
    }
    int at = SimulationLimits.check(output, "--zone-loss", zoneLoss, 0, seconds - 1);
    if (workers.stream().anyMatch(count -> count < 2)) {
      throw output.misuse("--zone-loss", Integer.toString(at), "with --workers of 2 or more only");
    }
    return new FleetPlan.Faults(
        Optional.of(Duration.ofSeconds(at)), 3, Duration.ofMillis(detection));
  }
}
