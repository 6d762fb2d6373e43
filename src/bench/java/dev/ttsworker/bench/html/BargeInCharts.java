package dev.ttsworker.bench.html;

import dev.ttsworker.bench.report.BargeInResult;
import dev.ttsworker.bench.report.BargeInResult.Interruption;
import dev.ttsworker.bench.report.BenchReport;
import dev.ttsworker.bench.report.Quantiles;
import dev.ttsworker.bench.report.TargetReport;
import java.util.ArrayList;
import java.util.List;

/// How soon a server falls silent when it is interrupted, and how soon it answers under load.
final class BargeInCharts {
  private static final double SHORTEST_MS = 0.1;
  private static final double AT_LEAST_TO_MS = 50;

  /// What this project demands of p99.
  private static final double BOUND_MS = 20;

  private BargeInCharts() {}

  /// Writes one drawing for each server and set of sentences that was interrupted.
  static void write(Markup page, BenchReport report, Palette palette) {
    List<TargetReport> targets =
        report.targets().stream().filter(target -> target.bargeIn().isPresent()).toList();
    if (targets.isEmpty()) {
      return;
    }
    page.open("section").element("h2", "Barge-in");
    page.element(
        "p",
        "From the request to the last frame that came after it, and from a request to its answer, under"
            + " load. The dot is the median, the bar reaches to p99, the thin line to the longest; the"
            + " upright mark is the bound for p99.");
    page.open("div", "class", "figures");
    for (TargetReport target : targets) {
      target.bargeIn().ifPresent(result -> draw(page, target, result, palette));
    }
    page.close().close();
  }

  /// One row.
  private record Measured(String name, Quantiles ms) {}

  private static List<Measured> measured(BargeInResult result) {
    List<Measured> rows = new ArrayList<>();
    for (Interruption interruption : result.interruptions()) {
      rows.add(new Measured(interruption.kind() + " to silence", interruption.lastFrameMs()));
    }
    rows.add(new Measured("Control to answer", result.controlMs()));
    rows.add(new Measured("GetCapabilities to answer", result.capabilitiesMs()));
    return rows.stream().filter(row -> row.ms().count() > 0).toList();
  }

  private static void draw(
      Markup page, TargetReport target, BargeInResult result, Palette palette) {
    List<Measured> measured = measured(result);
    double most = measured.stream().mapToDouble(row -> row.ms().max()).max().orElse(AT_LEAST_TO_MS);
    double high = Math.max(AT_LEAST_TO_MS, most);
    Rows rows =
        new Rows(measured.size(), LogScale.covering(SHORTEST_MS, high, Rows.LEFT, Rows.RIGHT));
    String title =
        "%s, %s sentences, %d conversations"
            .formatted(target.name(), target.sentenceSet(), result.streams());
    Section.openFigure(page, title, false);
    rows.open(page, "Barge-in, " + title, "ms");
    for (int row = 0; row < measured.size(); row++) {
      strip(page, rows, row, measured.get(row).ms(), palette.style(target.name()));
      rows.label(page, row, measured.get(row).name(), value(measured.get(row).ms()));
    }
    rows.close(page);
    Section.closeFigure(page, List.of(new Section.Entry("bound: 20 ms", "ideal")));
  }

  private static void strip(Markup page, Rows rows, int row, Quantiles ms, String style) {
    double middle = rows.middle(row);
    double median = rows.scale().position(ms.p50());
    double bound = rows.scale().position(BOUND_MS);
    Plot.line(page, "curve ideal", bound, middle - 8, bound, middle + 8);
    Plot.line(page, "curve thin " + style, median, middle, rows.scale().position(ms.max()), middle);
    Plot.line(
        page, "curve thick " + style, median, middle, rows.scale().position(ms.p99()), middle);
    page.empty(
        "circle",
        "class",
        "dot " + style,
        "cx",
        Figures.at(median),
        "cy",
        Figures.at(middle),
        "r",
        4.5);
  }

  private static String value(Quantiles ms) {
    return "p50 %s, p99 %s, max %s ms"
        .formatted(Figures.shortly(ms.p50()), Figures.shortly(ms.p99()), Figures.shortly(ms.max()));
  }
}
