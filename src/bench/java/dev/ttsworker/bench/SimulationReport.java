package dev.ttsworker.bench;

import dev.ttsworker.bench.report.BenchReport;
import dev.ttsworker.bench.report.TargetReport;
import dev.ttsworker.bench.simulation.FleetPlan;
import dev.ttsworker.bench.simulation.FleetRun;
import dev.ttsworker.bench.simulation.SpeechProfile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// What simulated runs found. Written as JSON just as it stands; `targets` are as in a report of
/// measured servers, one for each run.
///
/// @param targets named by policy and workers
record SimulationReport(
    Instant startedAt,
    BenchReport.Machine machine,
    BenchReport.Settings settings,
    SpeechProfile profile,
    FleetPlan.WorkerSettings worker,
    int conversations,
    int retries,
    List<TargetReport> targets,
    List<FleetRun> runs) {

  SimulationReport {
    targets = List.copyOf(targets);
    runs = List.copyOf(runs);
  }

  /// @param plan of the first run
  /// @param load its name
  static SimulationReport of(Instant startedAt, FleetPlan plan, String load, List<FleetRun> runs) {
    int seconds = (int) plan.length().toSeconds();
    return new SimulationReport(
        startedAt,
        ThisMachine.describe(),
        new BenchReport.Settings(List.of(load), List.of(load), List.of(), seconds, plan.seed()),
        plan.profile(),
        plan.worker(),
        plan.load().conversations(),
        plan.retries(),
        runs.stream().map(run -> target(run, load)).toList(),
        runs);
  }

  private static TargetReport target(FleetRun run, String load) {
    return new TargetReport(
        run.policy() + " " + run.workers(),
        "",
        load,
        List.of(),
        List.of(run.conversation()),
        OptionalInt.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /// The same as of measured servers.
  BenchReport asMeasured() {
    return new BenchReport(startedAt, machine, settings, targets);
  }
}
