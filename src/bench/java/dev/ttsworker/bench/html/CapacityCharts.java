package dev.ttsworker.bench.html;

import dev.ttsworker.bench.report.BenchReport;
import dev.ttsworker.bench.report.TargetReport;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleConsumer;

/// How many conversations each server held: a bar for each, and a mark at the ideal.
final class CapacityCharts {
  private static final double HALF_BAR = 6;

  private CapacityCharts() {}

  /// Writes one drawing for each set of sentences that was searched.
  static void write(Markup page, BenchReport report, Palette palette) {
    List<String> sets =
        Runs.sentenceSets(report).stream()
            .filter(set -> !searched(Runs.ofSet(report, set)).isEmpty())
            .toList();
    if (sets.isEmpty()) {
      return;
    }
    page.open("section").element("h2", "Capacity");
    page.element(
        "p",
        "The most conversations that were held without an underrun, a failure or a refusal and with"
            + " first audio in time. The upright mark is the ideal: cores divided by what a second of"
            + " audio costs when the whole graph runs on one thread, with nothing else to do.");
    page.open("div", "class", "figures");
    sets.forEach(set -> draw(page, set, Runs.ofSet(report, set), palette));
    page.close().close();
  }

  private static List<TargetReport> searched(List<TargetReport> targets) {
    return targets.stream().filter(target -> target.capacity().isPresent()).toList();
  }

  private static void draw(Markup page, String set, List<TargetReport> all, Palette palette) {
    List<TargetReport> targets = searched(all);
    OptionalDouble ideal = Runs.ideal(all);
    double most = ideal.orElse(1);
    for (TargetReport target : targets) {
      most = Math.max(most, target.capacity().orElse(0));
    }
    Rows rows = new Rows(targets.size(), LinearScale.covering(0, most, Rows.LEFT, Rows.RIGHT));
    String title = set + " sentences";
    Section.openFigure(page, title, false);
    rows.open(page, "Capacity, " + title, "conversations at once");
    for (int row = 0; row < targets.size(); row++) {
      TargetReport target = targets.get(row);
      bar(page, rows, row, target.capacity().orElse(0), palette.style(target.name()));
      ideal.ifPresent(mark(page, rows, row));
      rows.label(page, row, target.name(), value(target.capacity().orElse(0), ideal));
    }
    rows.close(page);
    List<Section.Entry> legend = new ArrayList<>();
    ideal.ifPresent(
        value -> legend.add(new Section.Entry("ideal: " + Figures.shortly(value), "ideal")));
    Section.closeFigure(page, legend);
  }

  private static void bar(Markup page, Rows rows, int row, int capacity, String style) {
    double start = rows.scale().position(0);
    page.empty(
        "rect",
        "class",
        "bar " + style,
        "x",
        Figures.at(start),
        "y",
        Figures.at(rows.middle(row) - HALF_BAR),
        "width",
        Figures.at(rows.scale().position(capacity) - start),
        "height",
        Figures.at(2 * HALF_BAR));
  }

  private static DoubleConsumer mark(Markup page, Rows rows, int row) {
    return ideal -> {
      double at = rows.scale().position(ideal);
      double middle = rows.middle(row);
      Plot.line(page, "curve ideal", at, middle - HALF_BAR - 2, at, middle + HALF_BAR + 2);
    };
  }

  private static String value(int capacity, OptionalDouble ideal) {
    return ideal.isPresent()
        ? "%d, %s of the ideal".formatted(capacity, Figures.percent(capacity / ideal.getAsDouble()))
        : Integer.toString(capacity);
  }
}
