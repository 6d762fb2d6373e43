package dev.ttsworker.bench.html;

import dev.ttsworker.bench.report.BargeInResult;
import dev.ttsworker.bench.report.BargeInResult.Interruption;
import dev.ttsworker.bench.report.BenchReport;
import dev.ttsworker.bench.report.ClosedResult;
import dev.ttsworker.bench.report.ConversationResult;
import dev.ttsworker.bench.report.Quantiles;
import dev.ttsworker.bench.report.TargetReport;
import java.util.ArrayList;
import java.util.List;

/// All figures of a report as tables.
final class ResultTables {
  private static final List<String> CLOSED =
      List.of(
          "server",
          "streams",
          "first audio p50, ms",
          "p90, ms",
          "p99, ms",
          "first audible p50, ms",
          "p99, ms",
          "gap p99, ms",
          "audio, s per s",
          "CPU, s per audio s",
          "peak RSS, MiB",
          "waited for capacity",
          "sentences",
          "failed",
          "refused");
  private static final List<String> CONVERSATION =
      List.of(
          "server",
          "run",
          "conversations",
          "held",
          "underruns",
          "dry, s",
          "first audio p50, ms",
          "p99, ms",
          "sentences",
          "failed",
          "refused",
          "refusal p99, ms",
          "audio, s per s",
          "CPU, s per audio s",
          "peak RSS, MiB",
          "waited for capacity");
  private static final List<String> BARGE_IN =
      List.of(
          "server",
          "sentences",
          "conversations",
          "interrupted by",
          "times",
          "last frame p50, ms",
          "p99, ms",
          "max, ms",
          "frames after the answer");
  private static final List<String> BESIDE =
      List.of(
          "server",
          "sentences",
          "underruns",
          "failed",
          "refused",
          "Control p99, ms",
          "GetCapabilities p99, ms",
          "audio received, s",
          "computed for nobody, s");

  private ResultTables() {}

  static void write(Markup page, BenchReport report) {
    page.open("section").element("h2", "Figures");
    for (String set : Runs.sentenceSets(report)) {
      List<List<String>> closed = new ArrayList<>();
      List<List<String>> conversation = new ArrayList<>();
      for (TargetReport target : Runs.ofSet(report, set)) {
        target.closed().forEach(run -> closed.add(closedRow(target.name(), run)));
        target.conversations().forEach(run -> conversation.add(row(target.name(), run)));
      }
      Table.write(page, set + " sentences, one after the other on each stream", CLOSED, closed);
      Table.write(page, set + " sentences, conversations", CONVERSATION, conversation);
    }
    List<List<String>> bargeIn = new ArrayList<>();
    List<List<String>> beside = new ArrayList<>();
    for (TargetReport target : report.targets()) {
      target.bargeIn().ifPresent(result -> addBargeIn(bargeIn, beside, target, result));
    }
    Table.write(page, "Barge-in", BARGE_IN, bargeIn);
    Table.write(page, "The load that was interrupted", BESIDE, beside);
    page.close();
  }

  private static List<String> closedRow(String name, ClosedResult run) {
    return List.of(
        name,
        Integer.toString(run.streams()),
        ms(run.firstAudioMs(), run.firstAudioMs().p50()),
        ms(run.firstAudioMs(), run.firstAudioMs().p90()),
        ms(run.firstAudioMs(), run.firstAudioMs().p99()),
        ms(run.firstAudibleMs(), run.firstAudibleMs().p50()),
        ms(run.firstAudibleMs(), run.firstAudibleMs().p99()),
        ms(run.gapMs(), run.gapMs().p99()),
        Figures.shortly(run.audioSecondsPerSecond()),
        Figures.finely(run.cost().cpuSecondsPerAudioSecond()),
        Figures.mebibytes(run.cost().peakRssBytes()),
        Figures.shortly(run.cost().admissionWaitMs()),
        Integer.toString(run.sentences()),
        Integer.toString(run.failures()),
        Integer.toString(run.refusals()));
  }

  private static List<String> row(String name, ConversationResult run) {
    return List.of(
        name,
        Runs.name(run.purpose()),
        Integer.toString(run.streams()),
        run.held() ? "yes" : "no",
        Integer.toString(run.underruns()),
        Figures.shortly(run.underrunSeconds()),
        ms(run.firstAudioMs(), run.firstAudioMs().p50()),
        ms(run.firstAudioMs(), run.firstAudioMs().p99()),
        Integer.toString(run.sentences()),
        Integer.toString(run.failures()),
        Integer.toString(run.refusals()),
        ms(run.refusalMs(), run.refusalMs().p99()),
        Figures.shortly(run.audioSecondsPerSecond()),
        Figures.finely(run.cost().cpuSecondsPerAudioSecond()),
        Figures.mebibytes(run.cost().peakRssBytes()),
        Figures.shortly(run.cost().admissionWaitMs()));
  }

  private static void addBargeIn(
      List<List<String>> kinds,
      List<List<String>> beside,
      TargetReport target,
      BargeInResult result) {
    for (Interruption kind : result.interruptions()) {
      Quantiles last = kind.lastFrameMs();
      kinds.add(
          List.of(
              target.name(),
              target.sentenceSet(),
              Integer.toString(result.streams()),
              kind.kind(),
              Integer.toString(kind.count()),
              ms(last, last.p50()),
              ms(last, last.p99()),
              ms(last, last.max()),
              Integer.toString(kind.framesAfterAnswer())));
    }
    beside.add(
        List.of(
            target.name(),
            target.sentenceSet(),
            Integer.toString(result.underruns()),
            Integer.toString(result.failures()),
            Integer.toString(result.refusals()),
            ms(result.controlMs(), result.controlMs().p99()),
            ms(result.capabilitiesMs(), result.capabilitiesMs().p99()),
            Figures.shortly(result.audioReceivedSeconds()),
            Figures.shortly(result.computedForNobodySeconds())));
  }

  /// Nothing measured is not the same as no time.
  private static String ms(Quantiles of, double value) {
    return of.count() == 0 ? Figures.NONE : Figures.shortly(value);
  }
}
