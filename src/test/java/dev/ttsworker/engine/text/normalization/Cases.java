package dev.ttsworker.engine.text.normalization;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// The written cases: one file for each class of expressions, a line `input → spoken`, where `=`
/// stands for what does not change, `(nothing)` for silence. A line that begins with `US: ` or `GB:
/// ` holds there only. `\n` stands for a line's end, `¦` between blanks for the end of a segment in
/// what is spoken. A line that begins with `wrong: ` is known to be said in another way. The files
/// whose names begin with `own-` were written before anybody looked at what becomes of them.
final class Cases {
  /// Stands between the segments of what is spoken.
  static final String BORDER = " ¦ ";

  private static final String ARROW = " → ";
  private static final String NOTHING = "(nothing)";
  private static final String WRONG = "wrong: ";

  private Cases() {}

  /// One case in one dialect.
  ///
  /// @param wrong whether it is known to be said in another way
  record Case(String group, Dialect dialect, String input, String spoken, boolean wrong) {
    /// The same without blanks around what is spoken.
    Case stripped() {
      return new Case(group, dialect, input, spoken.strip(), wrong);
    }

    /// What is the matter with what was said; empty when nothing is.
    String fault(String said) {
      if (said.equals(spoken) != wrong) {
        return "";
      }
      return group
          + " "
          + dialect
          + ": "
          + input
          + " was said: "
          + said
          + (wrong ? ", which is right; take the mark away" : ", not: " + spoken);
    }
  }

  static List<Case> all() {
    try (Stream<Path> files = Files.list(folder())) {
      List<Case> cases = new ArrayList<>();
      for (Path file : files.filter(f -> f.toString().endsWith(".txt")).sorted().toList()) {
        String name = file.getFileName().toString();
        String group = name.substring(0, name.length() - ".txt".length());
        for (String line : Files.readAllLines(file)) {
          if (!line.isBlank() && !line.startsWith("# ")) {
            cases.addAll(read(group, line));
          }
        }
      }
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder() {
    try {
      URL one = Objects.requireNonNull(Cases.class.getResource("ordinals.txt"));
      return Objects.requireNonNull(Path.of(one.toURI()).getParent());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Case> read(String group, String marked) {
    boolean wrong = marked.startsWith(WRONG);
    String line = wrong ? marked.substring(WRONG.length()) : marked;
    boolean american = line.startsWith("US: ");
    boolean british = line.startsWith("GB: ");
    String text = american || british ? line.substring(4) : line;
    int arrow = text.lastIndexOf(ARROW);
    if (arrow < 0) {
      throw new IllegalArgumentException(group + ".txt has a line without an arrow: " + line);
    }
    String input = text.substring(0, arrow).replace("\\n", "\n");
    String right = text.substring(arrow + ARROW.length()).replace("\\n", "\n");
    String spoken = right.equals("=") ? input : right.equals(NOTHING) ? "" : right;
    List<Case> cases = new ArrayList<>();
    if (!british) {
      cases.add(new Case(group, Dialect.US, input, spoken, wrong));
    }
    if (!american) {
      cases.add(new Case(group, Dialect.GB, input, spoken, wrong));
    }
    return cases;
  }
}
