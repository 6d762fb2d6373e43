package dev.ttsworker.bench.html;

import java.util.List;

/// What every drawing stands in: a figure with a caption above and a legend below.
final class Section {
  private Section() {}

  /// Opens a figure; [Markup#close] ends it.
  ///
  /// @param wide takes the width of the page, and scrolls on a phone
  static void openFigure(Markup page, String caption, boolean wide) {
    page.open("figure", "class", wide ? "wide" : "narrow");
    page.element("figcaption", caption);
    page.open("div", "class", "drawing");
  }

  static void closeFigure(Markup page, List<Entry> legend) {
    page.close();
    if (!legend.isEmpty()) {
      page.open("ul", "class", "legend");
      for (Entry entry : legend) {
        page.open("li");
        page.open("svg", "class", "swatch", "viewBox", "0 0 24 8", "aria-hidden", "true");
        page.empty("path", "class", "curve " + entry.style(), "d", "M1 4H23");
        page.close().text(" " + entry.name()).close();
      }
      page.close();
    }
    page.close();
  }

  /// One line of a legend.
  record Entry(String name, String style) {}
}
