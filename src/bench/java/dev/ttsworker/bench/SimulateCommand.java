package dev.ttsworker.bench;

import dev.ttsworker.bench.simulation.FleetPlan;
import dev.ttsworker.bench.simulation.FleetRun;
import dev.ttsworker.bench.simulation.FleetSearch;
import dev.ttsworker.bench.simulation.FleetSimulation;
import dev.ttsworker.bench.simulation.Policy;
import dev.ttsworker.cli.Output;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Simulates a fleet of workers that serve conversations.
@Command(
    name = "simulate",
    description =
        "Simulate a fleet of workers behind a balancer, from the measured cost of speech: how many"
            + " workers a load needs, and what its callers notice. Nothing runs but this program."
            + " How to read the result: docs/fleet.md.",
    mixinStandardHelpOptions = true)
public final class SimulateCommand implements Callable<Integer> {
  @Mixin private final SimulatedSpeech speech = new SimulatedSpeech();

  @Mixin private final SimulatedLoad load = new SimulatedLoad();

  @Mixin private final SimulatedFleet fleet = new SimulatedFleet();

  @Option(
      names = "--find-workers",
      description =
          "Search for the fewest workers with which less than 0.1 %% of the calls are refused, less"
              + " than 0.1 %% have an underrun, and p99 of first audio is below --latest-ms; once"
              + " for each policy.")
  private boolean search;

  @Option(
      names = "--latest-ms",
      paramLabel = "MS",
      description = "p99 of first audio that --find-workers allows; default 500.")
  private int latestMs = 500;

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      description = "The same one gives the same result; default 1.")
  private long seed = 1;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the report as JSON.")
  private @Nullable Path json;

  @Option(
      names = "--svg",
      paramLabel = "FILE",
      description = "Draw the runs: over time, or over workers where there are several numbers.")
  private @Nullable Path svg;

  @Mixin private final Output output = new Output();

  @Override
  public Integer call() {
    SimulationLimits.check(output, "--latest-ms", latestMs, 1, 60_000);
    output.checkWritable("--json", json);
    output.checkWritable("--svg", svg);
    List<FleetPlan> plans = plans();
    Instant started = Instant.now();
    List<FleetRun> runs = new ArrayList<>();
    for (FleetPlan plan : plans) {
      runs.addAll(search ? List.of(fewest(plan)) : List.of(FleetSimulation.run(plan)));
    }
    SimulationReport report = SimulationReport.of(started, plans.getFirst(), load.name(), runs);
    SimulationText.lines(report).forEach(output.out()::println);
    output.out().flush();
    if (json != null) {
      JsonReport.write(report, json);
    }
    if (svg != null) {
      SimulationCharts.write(report, svg);
    }
    return 0;
  }

  private List<FleetPlan> plans() {
    SimulatedSpeech.Measured measured = speech.measured(output);
    List<FleetPlan> plans = new ArrayList<>();
    for (Policy policy : fleet.policies(output)) {
      for (SimulatedFleet.Size size : fleet.sizes(output)) {
        plans.add(
            new FleetPlan(
                size.workers(),
                fleet.worker(output, measured.profile()),
                measured.profile(),
                fleet.mixture(output),
                policy,
                fleet.retries(output),
                load.load(output),
                fleet.faults(output, load.seconds(output)),
                size.scaling(),
                load.warmUp(output),
                load.length(output),
                seed));
      }
    }
    return plans;
  }

  private FleetRun fewest(FleetPlan plan) {
    return new FleetSearch(
            workers -> FleetSimulation.run(plan.with(workers)),
            run ->
                run.refusedShare() < FleetSearch.MOST_REFUSED
                    && run.underrunShare() < FleetSearch.MOST_UNDERRUN
                    && run.firstAudioMs().p99() < latestMs)
        .fewest(plan.fewestByLoad());
  }
}
