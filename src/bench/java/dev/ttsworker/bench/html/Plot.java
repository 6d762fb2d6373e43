package dev.ttsworker.bench.html;

import dev.ttsworker.bench.html.Scale.Tick;

/// The frame of a drawing with two axes: grid, numbers and names of the axes. What is drawn within
/// comes between [#open] and [#close].
///
/// @param width of the whole drawing, in its own units, about one pixel on a phone
record Plot(int width, int height, Scale x, Scale y) {
  static final int LEFT = 46;
  static final int RIGHT = 14;
  static final int TOP = 10;
  static final int BOTTOM = 40;

  /// Starts the SVG.
  ///
  /// @param title for those who do not see it
  void open(Markup page, String title, String xName, String yName) {
    page.open("svg", "viewBox", "0 0 " + width + " " + height, "role", "img", "aria-label", title);
    double bottom = height - BOTTOM;
    for (Tick tick : x.ticks()) {
      double at = x.position(tick.value());
      line(page, "grid", at, TOP, at, bottom);
      label(page, tick.label(), "middle", at, bottom + 14);
    }
    for (Tick tick : y.ticks()) {
      double at = y.position(tick.value());
      line(page, "grid", LEFT, at, (double) width - RIGHT, at);
      label(page, tick.label(), "end", LEFT - 6, at + 4);
    }
    double centre = (LEFT + width - RIGHT) / 2.0;
    page.element(
        "text",
        xName,
        "class",
        "axis",
        "text-anchor",
        "middle",
        "x",
        Figures.at(centre),
        "y",
        height - 6);
    double middle = (TOP + bottom) / 2;
    page.element(
        "text",
        yName,
        "class",
        "axis",
        "text-anchor",
        "middle",
        "transform",
        "translate(12 " + Figures.at(middle) + ") rotate(-90)");
  }

  void close(Markup page) {
    page.close();
  }

  static void line(Markup page, String style, double x1, double y1, double x2, double y2) {
    page.empty(
        "line",
        "class",
        style,
        "x1",
        Figures.at(x1),
        "y1",
        Figures.at(y1),
        "x2",
        Figures.at(x2),
        "y2",
        Figures.at(y2));
  }

  static void label(Markup page, String text, String anchor, double x, double y) {
    if (!text.isEmpty()) {
      page.element("text", text, "text-anchor", anchor, "x", Figures.at(x), "y", Figures.at(y));
    }
  }
}
