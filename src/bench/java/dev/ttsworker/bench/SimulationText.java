package dev.ttsworker.bench;

import dev.ttsworker.bench.simulation.FleetRun;
import dev.ttsworker.bench.simulation.SpeechProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Simulated runs as tables for people; times in milliseconds.
final class SimulationText {
  private static final double PERCENT = 100;
  private static final double MS = 1e3;

  private SimulationText() {}

  static List<String> lines(SimulationReport report) {
    List<String> lines = new ArrayList<>();
    SpeechProfile profile = report.profile();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s load, %d conversations, %d s, seed %d; %d threads a worker, %.4f s of a thread for"
                + " a second of speech, first audio %.1f ms and %.1f beside it, %.1f characters a"
                + " second, spread %.2f",
            report.settings().loads().getFirst(),
            report.conversations(),
            report.settings().secondsPerRun(),
            report.settings().seed(),
            report.worker().threads(),
            profile.cost(),
            profile.firstAudioSeconds() * MS,
            profile.overheadSeconds() * MS,
            profile.charactersPerSecond(),
            profile.spread()));
    lines.addAll(fleets(report));
    if (report.settings().loads().contains(Load.CONVERSATION.label())) {
      // The head of a measured report would claim that this machine was measured.
      lines.addAll(TextReport.tables(report.asMeasured()));
    }
    return lines;
  }

  private static List<String> fleets(SimulationReport report) {
    TextTable table =
        new TextTable(
            "Fleet: refused is what clients see, retried what another worker took",
            List.of(
                "policy",
                "start-up",
                "workers",
                "most",
                "calls",
                "refused %",
                "retried %",
                "lost",
                "underrun %",
                "first audio p50",
                "p95",
                "p99",
                "queueing p50",
                "p99",
                "utilization %",
                "busiest %"));
    report.runs().forEach(run -> table.row(row(run)));
    return table.lines();
  }

  private static List<String> row(FleetRun run) {
    return List.of(
        run.policy(),
        run.startUpSeconds().isPresent()
            ? decimal(0, run.startUpSeconds().getAsDouble()) + " s"
            : "–",
        Integer.toString(run.workers()),
        Integer.toString(run.workersMost()),
        Integer.toString(run.calls()),
        decimal(3, PERCENT * run.refusedShare()),
        decimal(2, run.calls() == 0 ? 0 : PERCENT * run.retriedAway() / run.calls()),
        Integer.toString(run.lost()),
        decimal(3, PERCENT * run.underrunShare()),
        decimal(1, run.firstAudioMs().p50()),
        decimal(1, run.firstAudioMs().p95()),
        decimal(1, run.firstAudioMs().p99()),
        decimal(1, run.queueingMs().p50()),
        decimal(1, run.queueingMs().p99()),
        decimal(1, PERCENT * run.utilizationMean()),
        decimal(1, PERCENT * run.utilizationMost()));
  }

  private static String decimal(int places, double number) {
    return String.format(Locale.ROOT, "%." + places + "f", number);
  }
}
