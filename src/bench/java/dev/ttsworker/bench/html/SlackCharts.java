package dev.ttsworker.bench.html;

import dev.ttsworker.bench.report.BenchReport;
import dev.ttsworker.bench.report.ConversationResult;
import dev.ttsworker.bench.report.ConversationResult.Purpose;
import dev.ttsworker.bench.report.SlackLine;
import dev.ttsworker.bench.report.SlackLine.Point;
import dev.ttsworker.bench.report.TargetReport;
import java.util.ArrayList;
import java.util.List;

/// How much audio the listeners of a conversation load had in hand, over time.
final class SlackCharts {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 260;

  /// Room below the line of zero, as a share of the largest slack.
  private static final double ROOM_BELOW = 0.08;

  private SlackCharts() {}

  /// Writes one drawing for each server and set of sentences, more where it was loaded beyond what
  /// it holds.
  static void write(Markup page, BenchReport report) {
    List<Panel> panels = panels(report);
    if (panels.isEmpty()) {
      return;
    }
    page.open("section").element("h2", "Slack");
    page.element(
        "p",
        "Audio that a listener had received and not heard yet. At the line of zero a listener runs dry;"
            + " a red ring is an underrun, as deep as the silence was long.");
    panels.forEach(panel -> draw(page, panel));
    page.close();
  }

  private record Panel(String title, ConversationResult run) {}

  private static List<Panel> panels(BenchReport report) {
    List<Panel> panels = new ArrayList<>();
    for (TargetReport target : report.targets()) {
      Runs.reached(target).ifPresent(run -> add(panels, target, run));
      for (Purpose beyond : List.of(Purpose.SAME_LOAD, Purpose.OVERLOAD)) {
        Runs.last(target, beyond).ifPresent(run -> add(panels, target, run));
      }
    }
    return panels;
  }

  private static void add(List<Panel> panels, TargetReport target, ConversationResult run) {
    if (run.slack().stream().anyMatch(line -> !line.points().isEmpty())) {
      String title =
          "%s, %s sentences, %d conversations (%s): %d underruns"
              .formatted(
                  target.name(),
                  target.sentenceSet(),
                  run.streams(),
                  Runs.name(run.purpose()),
                  run.underruns());
      panels.add(new Panel(title, run));
    }
  }

  private static void draw(Markup page, Panel panel) {
    Plot plot = frame(panel.run());
    Section.openFigure(page, panel.title(), true);
    plot.open(page, panel.title(), "seconds since the start of the run", "slack, s");
    List<Section.Entry> legend = new ArrayList<>();
    for (SlackLine line : panel.run().slack()) {
      if (!line.points().isEmpty()) {
        String style = Palette.style(line.stream());
        page.empty("path", "class", "curve thin " + style, "d", path(plot, line.points()));
        legend.add(new Section.Entry("stream " + line.stream(), style));
      }
    }
    double zero = plot.y().position(0);
    Plot.line(page, "zero", Plot.LEFT, zero, (double) WIDTH - Plot.RIGHT, zero);
    panel.run().slack().forEach(line -> rings(page, plot, line));
    plot.close(page);
    Section.closeFigure(page, legend);
  }

  private static Plot frame(ConversationResult run) {
    double start = Double.MAX_VALUE;
    double end = 0;
    double low = 0;
    double high = 0;
    for (SlackLine line : run.slack()) {
      for (Point point : line.points()) {
        start = Math.min(start, point.seconds());
        end = Math.max(end, point.seconds());
        low = Math.min(low, point.slackSeconds());
        high = Math.max(high, point.slackSeconds());
      }
    }
    return new Plot(
        WIDTH,
        HEIGHT,
        LinearScale.covering(start, end, Plot.LEFT, WIDTH - Plot.RIGHT),
        LinearScale.covering(
            Math.min(low, -ROOM_BELOW * high), high, HEIGHT - Plot.BOTTOM, Plot.TOP));
  }

  private static String path(Plot plot, List<Point> points) {
    StringBuilder path = new StringBuilder("M");
    for (Point point : points) {
      if (path.length() > 1) {
        path.append('L');
      }
      path.append(Figures.at(plot.x().position(point.seconds()))).append(' ');
      path.append(Figures.at(plot.y().position(point.slackSeconds())));
    }
    return path.toString();
  }

  /// A ring at the lowest point of each stretch below zero.
  private static void rings(Markup page, Plot plot, SlackLine line) {
    Point lowest = new Point(0, 0);
    for (Point point : line.points()) {
      if (point.slackSeconds() < 0) {
        lowest = point.slackSeconds() < lowest.slackSeconds() ? point : lowest;
      } else {
        ring(page, plot, line.stream(), lowest);
        lowest = new Point(0, 0);
      }
    }
    ring(page, plot, line.stream(), lowest);
  }

  private static void ring(Markup page, Plot plot, int stream, Point lowest) {
    if (lowest.slackSeconds() >= 0) {
      return;
    }
    page.open(
        "circle",
        "class",
        "underrun",
        "r",
        5,
        "cx",
        Figures.at(plot.x().position(lowest.seconds())),
        "cy",
        Figures.at(plot.y().position(lowest.slackSeconds())));
    String text =
        "stream %d dry for %s s at %s s"
            .formatted(
                stream, Figures.shortly(-lowest.slackSeconds()), Figures.shortly(lowest.seconds()));
    page.element("title", text).close();
  }
}
