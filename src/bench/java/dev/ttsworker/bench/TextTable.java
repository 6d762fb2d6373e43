package dev.ttsworker.bench;

import java.util.ArrayList;
import java.util.List;

/// A table in plain text: first columns of words to the left, numbers to the right.
final class TextTable {
  private static final int WORDS = 2;

  private final String title;
  private final List<List<String>> rows = new ArrayList<>();

  /// @param heads of the columns, the first two of which hold words
  TextTable(String title, List<String> heads) {
    this.title = title;
    rows.add(heads);
  }

  /// @param cells one for each column
  void row(List<String> cells) {
    if (cells.size() != rows.getFirst().size()) {
      throw new IllegalArgumentException(cells + " do not fit " + rows.getFirst());
    }
    rows.add(cells);
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>(List.of("", title));
    rows.forEach(row -> lines.add(line(row)));
    return lines;
  }

  private String line(List<String> row) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      String padding = " ".repeat(width(column) - row.get(column).length());
      String cell = column < WORDS ? row.get(column) + padding : padding + row.get(column);
      line.append(column == 0 ? "" : "  ").append(cell);
    }
    return line.toString().stripTrailing();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
