package dev.ttsworker.bench.html;

/// A drawing of rows: above each a name and a value, below them a strip along one common scale.
///
/// @param count of rows
/// @param scale from [#LEFT] to [#RIGHT]
record Rows(int count, Scale scale) {
  static final int LEFT = 8;
  static final int RIGHT = 428;
  private static final int WIDTH = 440;
  private static final int ROW = 42;
  private static final int TEXT = 15;
  private static final int STRIP = 29;
  private static final int FOOT = 40;
  private static final int LONGEST_NAME = 30;

  void open(Markup page, String title, String axis) {
    int bottom = count * ROW + 4;
    page.open(
        "svg",
        "viewBox",
        "0 0 " + WIDTH + " " + (bottom + FOOT),
        "role",
        "img",
        "aria-label",
        title);
    for (Scale.Tick tick : scale.ticks()) {
      double at = scale.position(tick.value());
      for (int row = 0; row < count; row++) {
        Plot.line(page, "grid", at, middle(row) - 8, at, middle(row) + 8);
      }
      Plot.label(page, tick.label(), "middle", at, bottom + 12);
    }
    page.element(
        "text",
        axis,
        "class",
        "axis",
        "text-anchor",
        "middle",
        "x",
        WIDTH / 2,
        "y",
        bottom + FOOT - 8);
  }

  /// Names row `row`, the first is 0.
  void label(Markup page, int row, String name, String value) {
    Plot.label(page, shortened(name), "start", LEFT, (double) row * ROW + TEXT);
    Plot.label(page, value, "end", RIGHT, (double) row * ROW + TEXT);
  }

  /// Where the strip of row `row` has its middle.
  double middle(int row) {
    return (double) row * ROW + STRIP;
  }

  void close(Markup page) {
    page.close();
  }

  private static String shortened(String name) {
    if (name.codePointCount(0, name.length()) <= LONGEST_NAME) {
      return name;
    }
    return name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME - 1)) + "…";
  }
}
