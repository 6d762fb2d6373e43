package dev.ttsworker.bench;

import dev.ttsworker.bench.report.BargeInResult;
import dev.ttsworker.bench.report.BenchReport;
import dev.ttsworker.bench.report.ClosedResult;
import dev.ttsworker.bench.report.ConversationResult;
import dev.ttsworker.bench.report.Quantiles;
import dev.ttsworker.bench.report.ServerCost;
import dev.ttsworker.bench.report.TargetReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/// A report as tables for people; times in milliseconds unless the head of a column says otherwise.
public final class TextReport {
  private static final String UNKNOWN = "–";
  private static final double MEBIBYTE = 1 << 20;

  private final BenchReport report;
  private final List<String> lines = new ArrayList<>();

  private TextReport(BenchReport report) {
    this.report = report;
  }

  /// Its lines.
  public static List<String> lines(BenchReport report) {
    TextReport text = new TextReport(report);
    text.head();
    text.addTables();
    return List.copyOf(text.lines);
  }

  /// Its tables alone.
  static List<String> tables(BenchReport report) {
    TextReport text = new TextReport(report);
    text.addTables();
    return List.copyOf(text.lines);
  }

  private void addTables() {
    closed();
    conversations();
    capacities();
    bargeIn();
    problems();
  }

  private void head() {
    BenchReport.Machine machine = report.machine();
    BenchReport.Settings settings = report.settings();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s, %d cores, %s, %s, load average %.2f at the start",
            machine.processor(),
            machine.cores(),
            machine.system(),
            machine.java(),
            machine.loadAverage()));
    lines.add(
        report.startedAt() + ", " + settings.secondsPerRun() + " s a run, seed " + settings.seed());
  }

  private void closed() {
    if (any(target -> !target.closed().isEmpty())) {
      TextTable table =
          new TextTable(
              "Closed: each stream says the next sentence when the former is complete",
              List.of(
                  "server",
                  "set",
                  "streams",
                  "said",
                  "failed",
                  "refused",
                  "first audio p50",
                  "p90",
                  "p99",
                  "audible p50",
                  "p99",
                  "gap p99",
                  "audio s/s",
                  "CPU s/audio s",
                  "peak MiB",
                  "waited"));
      report
          .targets()
          .forEach(target -> target.closed().forEach(run -> table.row(closedRow(target, run))));
      lines.addAll(table.lines());
    }
  }

  private static List<String> closedRow(TargetReport target, ClosedResult run) {
    return List.of(
        target.name(),
        target.sentenceSet(),
        whole(run.streams()),
        whole(run.sentences()),
        whole(run.failures()),
        whole(run.refusals()),
        ms(run.firstAudioMs(), run.firstAudioMs().p50()),
        ms(run.firstAudioMs(), run.firstAudioMs().p90()),
        ms(run.firstAudioMs(), run.firstAudioMs().p99()),
        ms(run.firstAudibleMs(), run.firstAudibleMs().p50()),
        ms(run.firstAudibleMs(), run.firstAudibleMs().p99()),
        ms(run.gapMs(), run.gapMs().p99()),
        decimal(1, run.audioSecondsPerSecond()),
        cpu(run.cost()),
        memory(run.cost()),
        waited(run.cost()));
  }

  private void conversations() {
    if (any(target -> !target.conversations().isEmpty())) {
      TextTable table =
          new TextTable(
              "Conversation: each stream plays in real time, then speaks again after 200 to 400 ms",
              List.of(
                  "server",
                  "set",
                  "streams",
                  "run",
                  "s",
                  "said",
                  "failed",
                  "refused",
                  "underruns",
                  "underrun s",
                  "first audio p50",
                  "p99",
                  "refusal p99",
                  "CPU s/audio s",
                  "waited",
                  "held"));
      report
          .targets()
          .forEach(target ->
              target.conversations().forEach(run -> table.row(conversationRow(target, run))));
      lines.addAll(table.lines());
    }
  }

  private static List<String> conversationRow(TargetReport target, ConversationResult run) {
    return List.of(
        target.name(),
        target.sentenceSet(),
        whole(run.streams()),
        run.purpose().name().toLowerCase(Locale.ROOT).replace('_', ' '),
        decimal(0, run.seconds()),
        whole(run.sentences()),
        whole(run.failures()),
        whole(run.refusals()),
        whole(run.underruns()),
        decimal(2, run.underrunSeconds()),
        ms(run.firstAudioMs(), run.firstAudioMs().p50()),
        ms(run.firstAudioMs(), run.firstAudioMs().p99()),
        ms(run.refusalMs(), run.refusalMs().p99()),
        cpu(run.cost()),
        waited(run.cost()),
        run.held() ? "yes" : "no");
  }

  private void capacities() {
    if (any(target -> target.capacity().isPresent() || target.idealConversations().isPresent())) {
      TextTable table =
          new TextTable(
              "Most conversations without underrun, failure or refusal, p99 of first audio < 500 ms",
              List.of("server", "set", "conversations", "ideal"));
      report.targets().stream()
          .filter(
              target -> target.capacity().isPresent() || target.idealConversations().isPresent())
          .forEach(target ->
              table.row(
                  List.of(
                      target.name(),
                      target.sentenceSet(),
                      target.capacity().isPresent() ? whole(target.capacity().getAsInt()) : UNKNOWN,
                      target.idealConversations().isPresent()
                          ? decimal(1, target.idealConversations().getAsDouble())
                          : UNKNOWN)));
      lines.addAll(table.lines());
    }
  }

  private void bargeIn() {
    if (any(target -> target.bargeIn().isPresent())) {
      TextTable table =
          new TextTable(
              "Barge-in: calls interrupted at random moments of a conversation load",
              List.of(
                  "server",
                  "set",
                  "streams",
                  "failed",
                  "refused",
                  "kind",
                  "count",
                  "last frame p50",
                  "p99",
                  "max",
                  "frames after answer"));
      TextTable answers =
          new TextTable(
              "Answers under that load, and audio computed for nobody",
              List.of(
                  "server",
                  "set",
                  "Control p50",
                  "p99",
                  "GetCapabilities p50",
                  "p99",
                  "received s",
                  "for nobody s"));
      for (TargetReport target : report.targets()) {
        target
            .bargeIn()
            .ifPresent(run -> {
              run.interruptions().forEach(one -> table.row(interruptionRow(target, run, one)));
              answers.row(answerRow(target, run));
            });
      }
      lines.addAll(table.lines());
      lines.addAll(answers.lines());
    }
  }

  private static List<String> interruptionRow(
      TargetReport target, BargeInResult run, BargeInResult.Interruption one) {
    return List.of(
        target.name(),
        target.sentenceSet(),
        whole(run.streams()),
        whole(run.failures()),
        whole(run.refusals()),
        one.kind(),
        whole(one.count()),
        ms(one.lastFrameMs(), one.lastFrameMs().p50()),
        ms(one.lastFrameMs(), one.lastFrameMs().p99()),
        ms(one.lastFrameMs(), one.lastFrameMs().max()),
        whole(one.framesAfterAnswer()));
  }

  private static List<String> answerRow(TargetReport target, BargeInResult run) {
    return List.of(
        target.name(),
        target.sentenceSet(),
        ms(run.controlMs(), run.controlMs().p50()),
        ms(run.controlMs(), run.controlMs().p99()),
        ms(run.capabilitiesMs(), run.capabilitiesMs().p50()),
        ms(run.capabilitiesMs(), run.capabilitiesMs().p99()),
        decimal(1, run.audioReceivedSeconds()),
        run.computedForNobodySeconds().isPresent()
            ? decimal(1, run.computedForNobodySeconds().getAsDouble())
            : UNKNOWN);
  }

  private void problems() {
    report
        .targets()
        .forEach(target ->
            target
                .problem()
                .ifPresent(why -> lines.add(target.name() + " was not measured: " + why)));
  }

  private boolean any(Predicate<TargetReport> what) {
    return report.targets().stream().anyMatch(what);
  }

  private static String whole(int number) {
    return Integer.toString(number);
  }

  private static String decimal(int places, double number) {
    return String.format(Locale.ROOT, "%." + places + "f", number);
  }

  private static String ms(Quantiles all, double value) {
    return all.count() == 0 ? UNKNOWN : decimal(1, value);
  }

  private static String cpu(ServerCost cost) {
    return cost.cpuSecondsPerAudioSecond().isPresent()
        ? decimal(3, cost.cpuSecondsPerAudioSecond().getAsDouble())
        : UNKNOWN;
  }

  private static String waited(ServerCost cost) {
    return cost.admissionWaitMs().isPresent()
        ? decimal(1, cost.admissionWaitMs().getAsDouble())
        : UNKNOWN;
  }

  private static String memory(ServerCost cost) {
    return cost.peakRssBytes().isPresent()
        ? decimal(0, cost.peakRssBytes().getAsLong() / MEBIBYTE)
        : UNKNOWN;
  }
}
