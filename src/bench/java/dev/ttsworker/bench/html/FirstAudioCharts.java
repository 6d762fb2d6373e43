package dev.ttsworker.bench.html;

import dev.ttsworker.bench.report.BenchReport;
import dev.ttsworker.bench.report.ClosedResult;
import dev.ttsworker.bench.report.TargetReport;
import java.util.ArrayList;
import java.util.List;

/// How soon the first audio came: one drawing for each set of sentences and number of streams, one
/// curve for each server, the same axes throughout.
final class FirstAudioCharts {
  private static final int WIDTH = 440;
  private static final int HEIGHT = 270;
  private static final int MOST_STEPS = 250;
  private static final double SHORTEST_MS = 0.1;

  private final Palette palette;
  private final Plot plot;

  private FirstAudioCharts(Palette palette, Plot plot) {
    this.palette = palette;
    this.plot = plot;
  }

  /// Writes all of them, or nothing when nothing was measured.
  static void write(Markup page, BenchReport report, Palette palette) {
    List<Panel> panels = panels(report);
    if (panels.isEmpty()) {
      return;
    }
    FirstAudioCharts charts = new FirstAudioCharts(palette, frame(panels));
    page.open("section").element("h2", "First audio");
    page.element(
        "p",
        "The share of sentences (upwards) whose first audio had come after so many milliseconds (to"
            + " the right, each step the same ratio). Further left is sooner; a long flat end is what"
            + " the unlucky ones wait.");
    for (String set : Runs.sentenceSets(report)) {
      page.open("div", "class", "figures");
      panels.stream()
          .filter(panel -> panel.set().equals(set))
          .forEach(panel -> charts.draw(page, panel));
      page.close();
    }
    page.close();
  }

  /// One drawing.
  private record Panel(String set, String title, List<Curve> curves) {}

  /// One line: `sortedMs` ascend, and there is at least one.
  private record Curve(String server, String label, List<Double> sortedMs) {}

  private static List<Panel> panels(BenchReport report) {
    List<Panel> panels = new ArrayList<>();
    for (String set : Runs.sentenceSets(report)) {
      List<TargetReport> targets = Runs.ofSet(report, set);
      targets.stream()
          .flatMap(target -> target.closed().stream())
          .map(ClosedResult::streams)
          .distinct()
          .sorted()
          .forEach(
              streams -> add(panels, set, closedTitle(set, streams), closed(targets, streams)));
      add(panels, set, set + " sentences, as many conversations as held", conversations(targets));
    }
    return panels;
  }

  private static void add(List<Panel> panels, String set, String title, List<Curve> curves) {
    List<Curve> measured = curves.stream().filter(curve -> !curve.sortedMs().isEmpty()).toList();
    if (!measured.isEmpty()) {
      panels.add(new Panel(set, title, measured));
    }
  }

  private static String closedTitle(String set, int streams) {
    return set + " sentences, " + streams + (streams == 1 ? " stream" : " streams at once");
  }

  private static List<Curve> closed(List<TargetReport> targets, int streams) {
    List<Curve> curves = new ArrayList<>();
    for (TargetReport target : targets) {
      target.closed().stream()
          .filter(run -> run.streams() == streams)
          .map(run -> new Curve(target.name(), target.name(), run.firstAudioSortedMs()))
          .forEach(curves::add);
    }
    return curves;
  }

  private static List<Curve> conversations(List<TargetReport> targets) {
    List<Curve> curves = new ArrayList<>();
    for (TargetReport target : targets) {
      Runs.reached(target)
          .map(run ->
              new Curve(
                  target.name(),
                  target.name() + ", " + run.streams() + (run.held() ? "" : " (did not hold)"),
                  run.firstAudioSortedMs()))
          .ifPresent(curves::add);
    }
    return curves;
  }

  private static Plot frame(List<Panel> panels) {
    double low = Double.MAX_VALUE;
    double high = SHORTEST_MS;
    for (Panel panel : panels) {
      for (Curve curve : panel.curves()) {
        low = Math.min(low, curve.sortedMs().getFirst());
        high = Math.max(high, curve.sortedMs().getLast());
      }
    }
    return new Plot(
        WIDTH,
        HEIGHT,
        LogScale.covering(Math.max(low, SHORTEST_MS), high, Plot.LEFT, WIDTH - Plot.RIGHT),
        LinearScale.covering(0, 100, HEIGHT - Plot.BOTTOM, Plot.TOP));
  }

  private void draw(Markup page, Panel panel) {
    Section.openFigure(page, panel.title(), false);
    plot.open(page, panel.title(), "first audio, ms after the request", "sentences, %");
    List<Section.Entry> legend = new ArrayList<>();
    for (Curve curve : panel.curves()) {
      String style = palette.style(curve.server());
      page.open("path", "class", "curve " + style, "d", path(plot, curve.sortedMs()));
      page.element("title", curve.label()).close();
      legend.add(new Section.Entry(curve.label(), style));
    }
    plot.close(page);
    Section.closeFigure(page, legend);
  }

  /// Steps from one measured value to the next, fewer when there are very many; the last is always
  /// there.
  static String path(Plot plot, List<Double> sorted) {
    int steps = Math.min(sorted.size(), MOST_STEPS);
    StringBuilder path = new StringBuilder("M");
    path.append(Figures.at(plot.x().position(sorted.getFirst()))).append(' ');
    path.append(Figures.at(plot.y().position(0)));
    for (int step = 1; step <= steps; step++) {
      int count = (int) ((long) step * sorted.size() / steps);
      path.append('H').append(Figures.at(plot.x().position(sorted.get(count - 1))));
      path.append('V').append(Figures.at(plot.y().position(100.0 * count / sorted.size())));
    }
    return path.toString();
  }
}
