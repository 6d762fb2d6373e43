package dev.ttsworker.bench.html;

import java.util.List;

/// Writes a table whose first column is text and whose others are figures.
final class Table {
  private Table() {}

  /// Writes nothing when there are no rows.
  ///
  /// @param rows as many cells each as there are heads
  static void write(Markup page, String caption, List<String> heads, List<List<String>> rows) {
    if (rows.isEmpty()) {
      return;
    }
    page.open("div", "class", "table").open("table").element("caption", caption);
    page.open("thead").open("tr");
    heads.forEach(head -> page.element("th", head, "scope", "col"));
    page.close().close().open("tbody");
    for (List<String> row : rows) {
      page.open("tr");
      page.element("th", row.getFirst(), "scope", "row");
      row.stream().skip(1).forEach(cell -> page.element("td", cell));
      page.close();
    }
    page.close().close().close();
  }
}
