package dev.ttsworker.bench;

import dev.ttsworker.bench.SvgCharts.Line;
import dev.ttsworker.bench.SvgCharts.Panel;
import dev.ttsworker.bench.simulation.FleetRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// Charts of simulated runs: over workers where a policy has runs with several numbers of them,
/// else over time.
final class SimulationCharts {
  private static final double PERCENT = 100;

  private SimulationCharts() {}

  /// Replaces `file`.
  ///
  /// @throws dev.ttsworker.error.WorkerException `INTERNAL` when it cannot be written
  static void write(SimulationReport report, Path file) {
    SvgCharts.write(panels(report.runs()), file);
  }

  static List<Panel> panels(List<FleetRun> runs) {
    boolean overWorkers = runs.stream().mapToInt(FleetRun::workers).distinct().count() > 1;
    return overWorkers
        ? List.of(
            overWorkers("refused, %", runs, run -> PERCENT * run.refusedShare()),
            overWorkers("first audio p99, ms", runs, run -> run.firstAudioMs().p99()),
            overWorkers("utilization, %", runs, run -> PERCENT * run.utilizationMean()))
        : List.of(
            overTime("first audio p95, ms", runs, FleetRun.Slice::firstAudioP95Ms),
            overTime("refused or lost, %", runs, SimulationCharts::refusedPercent),
            overTime("workers", runs, FleetRun.Slice::workers),
            overTime("capacity used, %", runs, slice -> PERCENT * slice.used()));
  }

  private static Panel overWorkers(
      String title, List<FleetRun> runs, ToDoubleFunction<FleetRun> value) {
    Map<String, List<double[]>> points = new LinkedHashMap<>();
    for (FleetRun run : runs) {
      points
          .computeIfAbsent(label(run), _ -> new ArrayList<>())
          .add(new double[] {run.workers(), value.applyAsDouble(run)});
    }
    List<Line> lines = new ArrayList<>();
    points.forEach((label, each) -> lines.add(new Line(label, each)));
    return new Panel(title, "workers", lines);
  }

  private static Panel overTime(
      String title, List<FleetRun> runs, ToDoubleFunction<FleetRun.Slice> value) {
    List<Line> lines =
        runs.stream()
            .map(run ->
                new Line(
                    label(run),
                    run.slices().stream()
                        .map(slice -> new double[] {slice.second(), value.applyAsDouble(slice)})
                        .toList()))
            .toList();
    return new Panel(title, "s", lines);
  }

  private static double refusedPercent(FleetRun.Slice slice) {
    return slice.calls() == 0 ? 0 : PERCENT * (slice.refused() + slice.lost()) / slice.calls();
  }

  private static String label(FleetRun run) {
    return run.startUpSeconds().isPresent()
        ? run.policy() + ", " + (int) run.startUpSeconds().getAsDouble() + " s"
        : run.policy();
  }
}
