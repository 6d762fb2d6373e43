package dev.ttsworker.bench;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Line charts side by side as one SVG image, for light and dark pages.
final class SvgCharts {
  private static final int WIDTH = 290;
  private static final int HEIGHT = 190;
  private static final int LEFT = 44;
  private static final int RIGHT = 8;
  private static final int TOP = 26;
  private static final int BOTTOM = 30;
  private static final int LEGEND_ROW = 16;
  private static final int GRID_LINES = 4;
  private static final int COLOURS = 6;

  private static final String STYLE =
      """
      <style>
      text { font: 11px system-ui, sans-serif; fill: #444 }
      .t { font-weight: 600 } .e { text-anchor: end } .m { text-anchor: middle }
      .g { stroke: #ddd } path, .k { fill: none; stroke-width: 1.7; stroke-linejoin: round }
      .c0 { stroke: #0b63c5 } .c1 { stroke: #d1570a } .c2 { stroke: #0a8f6c }
      .c3 { stroke: #b5459a } .c4 { stroke: #94780a } .c5 { stroke: #6b7280 }
      @media (prefers-color-scheme: dark) { text { fill: #ccc } .g { stroke: #444 } }
      </style>
      """;

  private SvgCharts() {}

  /// A chart.
  ///
  /// @param unit of the horizontal axis
  record Panel(String title, String unit, List<Line> lines) {
    Panel {
      lines = List.copyOf(lines);
    }

    private double largest(int axis) {
      return lines.stream()
          .flatMap(line -> line.points().stream())
          .mapToDouble(point -> point[axis])
          .max()
          .orElse(0);
    }

    private double smallest(int axis) {
      return lines.stream()
          .flatMap(line -> line.points().stream())
          .mapToDouble(point -> point[axis])
          .min()
          .orElse(0);
    }
  }

  /// A line of points.
  record Line(String label, List<double[]> points) {
    Line {
      points = List.copyOf(points);
    }
  }

  /// Replaces `file`.
  ///
  /// @throws WorkerException `INTERNAL` when it cannot be written
  static void write(List<Panel> panels, Path file) {
    try {
      Files.writeString(file, text(panels));
    } catch (IOException e) {
      throw new WorkerException(ErrorCode.INTERNAL, file + " cannot be written: " + e, e);
    }
  }

  /// @param panels at least one; all have the lines of the first
  static String text(List<Panel> panels) {
    StringBuilder svg = new StringBuilder();
    add(
        svg,
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\">",
            WIDTH * panels.size(),
            HEIGHT + LEGEND_ROW));
    svg.append(STYLE);
    for (int i = 0; i < panels.size(); i++) {
      add(svg, String.format(Locale.ROOT, "<g transform=\"translate(%d 0)\">", i * WIDTH));
      panel(svg, panels.get(i));
      svg.append("</g>\n");
    }
    legend(svg, panels.getFirst().lines());
    return svg.append("</svg>\n").toString();
  }

  private static void add(StringBuilder svg, String line) {
    svg.append(line).append('\n');
  }

  private static void legend(StringBuilder svg, List<Line> lines) {
    int x = LEFT;
    int y = HEIGHT + LEGEND_ROW - 4;
    for (int i = 0; i < lines.size(); i++) {
      String label = escaped(lines.get(i).label());
      add(
          svg,
          String.format(
              Locale.ROOT, "<path class=\"c%d\" d=\"M%d %dh18\"/>", i % COLOURS, x, y - 4));
      add(svg, String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\">%s</text>", x + 23, y, label));
      x += 45 + 6 * label.length();
    }
  }

  private static void panel(StringBuilder svg, Panel panel) {
    double from = panel.smallest(0);
    double until = panel.largest(0);
    double top = ceiling(panel.largest(1));
    add(
        svg,
        String.format(
            Locale.ROOT,
            "<text class=\"t\" x=\"%d\" y=\"14\">%s</text>",
            LEFT,
            escaped(panel.title())));
    for (int i = 0; i <= GRID_LINES; i++) {
      double value = top * i / GRID_LINES;
      double y = y(value, top);
      add(
          svg,
          String.format(
              Locale.ROOT, "<path class=\"g\" d=\"M%d %.0fH%d\"/>", LEFT, y, WIDTH - RIGHT));
      add(
          svg,
          String.format(
              Locale.ROOT,
              "<text class=\"e\" x=\"%d\" y=\"%.0f\">%s</text>",
              LEFT - 5,
              y + 4,
              number(value)));
      double at = from + (until - from) * i / GRID_LINES;
      String unit = i == GRID_LINES ? " " + escaped(panel.unit()) : "";
      add(
          svg,
          String.format(
              Locale.ROOT,
              "<text class=\"m\" x=\"%.0f\" y=\"%d\">%s%s</text>",
              x(at, from, until),
              HEIGHT - BOTTOM + 16,
              number(at),
              unit));
    }
    lines(svg, panel, top);
  }

  private static void lines(StringBuilder svg, Panel panel, double top) {
    double from = panel.smallest(0);
    double until = panel.largest(0);
    for (int i = 0; i < panel.lines().size(); i++) {
      StringBuilder path = new StringBuilder();
      for (double[] point : panel.lines().get(i).points()) {
        path.append(path.isEmpty() ? 'M' : 'L')
            .append(decimal(x(point[0], from, until)))
            .append(' ')
            .append(decimal(y(point[1], top)));
      }
      add(svg, String.format(Locale.ROOT, "<path class=\"c%d\" d=\"%s\"/>", i % COLOURS, path));
    }
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static double x(double value, double from, double until) {
    double share = until > from ? (value - from) / (until - from) : 0;
    return LEFT + share * (WIDTH - LEFT - RIGHT - 12);
  }

  private static double y(double value, double top) {
    return HEIGHT - BOTTOM - value / top * (HEIGHT - TOP - BOTTOM);
  }

  /// The next of 1, 2, 4, 6, 8 times a power of ten; 1 when there is nothing to draw.
  private static double ceiling(double value) {
    if (!(value > 0)) {
      return 1;
    }
    double power = Math.pow(10, Math.floor(Math.log10(value)));
    for (double step : new double[] {1, 2, 4, 6, 8}) {
      if (value <= step * power) {
        return step * power;
      }
    }
    return 10 * power;
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.0f", value);
    return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
