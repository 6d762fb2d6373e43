package dev.ttsworker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The table of packages in ARCHITECTURE.md.
///
/// @param rows in the document's order
record PackageTable(List<Row> rows) {
  private static final String ROOT = "(root)";
  private static final String NONE = "–";
  private static final String ALL_BUT = "all but ";
  private static final String HEADER =
      "| Package | One sentence | May use (project) | May use (third party) |";

  /// One package.
  ///
  /// @param name below `dev.ttsworker`; empty for the root package
  /// @param project the packages it may use, named likewise
  /// @param thirdParty prefixes of library packages it may use
  /// @param open whether `project` is "all but …", so that not all of it need be used
  record Row(String name, Set<String> project, Set<String> thirdParty, boolean open) {}

  /// Reads the table under the header with the four columns.
  ///
  /// @throws IllegalArgumentException when there is none, or a row is not of its form
  static PackageTable read(Path document) throws IOException {
    List<List<String>> lines =
        Files.readAllLines(document).stream()
            .dropWhile(line -> !line.equals(HEADER))
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .map(PackageTable::cells)
            .toList();
    if (lines.isEmpty()) {
      throw new IllegalArgumentException(document + " has no table under: " + HEADER);
    }
    Set<String> names =
        lines.stream().map(cells -> name(cells.getFirst())).collect(Collectors.toSet());
    return new PackageTable(lines.stream().map(cells -> row(cells, names)).toList());
  }

  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>(List.of(line.split("\\|", -1)));
    if (cells.size() != 6) {
      throw new IllegalArgumentException("Four columns expected: " + line);
    }
    return cells.subList(1, 5).stream().map(cell -> cell.replace("`", "").strip()).toList();
  }

  private static Row row(List<String> cells, Set<String> names) {
    String project = cells.get(2);
    boolean open = project.startsWith(ALL_BUT);
    Set<String> used = listed(open ? project.substring(ALL_BUT.length()) : project);
    if (!names.containsAll(used)) {
      throw new IllegalArgumentException("A package without a row is named: " + cells);
    }
    if (open) {
      Set<String> others = new TreeSet<>(names);
      others.removeAll(used);
      used = others;
    }
    return new Row(name(cells.getFirst()), used, listed(cells.get(3)), open);
  }

  private static String name(String cell) {
    return cell.equals(ROOT) ? "" : cell;
  }

  private static Set<String> listed(String cell) {
    return cell.equals(NONE)
        ? Set.of()
        : Stream.of(cell.split(",", -1))
            .map(item -> name(item.strip()))
            .collect(Collectors.toCollection(TreeSet::new));
  }
}
