package dev.ttsworker.engine.text.normalization;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// LaTeX formula converter: writes formulas as plain text. Immutable.
final class Latex {
  private static final int DEEPEST = 8;
  private static final Map<Character, String> SIGNS =
      Map.ofEntries(
          Map.entry('-', " minus "),
          Map.entry('−', " minus "),
          Map.entry('+', " plus "),
          Map.entry('=', " equals "),
          Map.entry('<', " is less than "),
          Map.entry('>', " is greater than "),
          Map.entry('*', " times "),
          Map.entry('/', " over "),
          Map.entry('!', " factorial "),
          Map.entry('\'', " prime "),
          Map.entry('&', " "),
          Map.entry('~', " "),
          Map.entry('|', " "),
          Map.entry('$', " "),
          Map.entry('{', " "),
          Map.entry('}', " "));

  private final Map<String, String> said;
  private final Map<String, String> withArgument;
  private final Set<String> ranged;
  private final Set<String> functions;

  Latex() {
    Tables tables = Tables.read("latex.txt");
    said = tables.section("said");
    withArgument = tables.section("with an argument");
    ranged = tables.words("over a range");
    functions = tables.words("functions");
  }

  /// Whether it is a known command, without its backslash.
  boolean knows(String command) {
    return said.containsKey(command)
        || withArgument.containsKey(command)
        || command.endsWith("frac")
        || command.endsWith("sqrt")
        || command.equals("binom");
  }

  /// A formula as words, signs and digits.
  String plain(String formula) {
    return new Reader(formula, 0)
        .read()
        .replaceAll(" {2,}", " ")
        .replace(" ,", ",")
        .replace("( ", "(")
        .replace(" )", ")")
        .replace("prime (", "prime(")
        .strip();
  }

  /// Parser of one formula. Not thread-safe.
  private final class Reader {
    private final String formula;
    private final int depth;
    private final StringBuilder words = new StringBuilder();
    private int at;

    Reader(String formula, int depth) {
      this.formula = formula;
      this.depth = depth;
    }

    String read() {
      if (depth > DEEPEST) {
        return "";
      }
      while (at < formula.length()) {
        char c = formula.charAt(at);
        if (c == '\\') {
          command();
        } else if (c == '^') {
          at++;
          power(argument());
        } else if (c == '_') {
          at++;
          index(argument());
        } else if (Character.isLetter(c)) {
          letters();
        } else if (Character.isDigit(c)) {
          number();
        } else {
          at++;
          words.append(SIGNS.getOrDefault(c, Character.toString(c)));
        }
      }
      return words.toString();
    }

    private String inner(String part) {
      return new Reader(part, depth + 1).read().strip();
    }

    private void append(String more) {
      words.append(' ').append(more).append(' ');
    }

    /// The argument of a command, with or without braces.
    private String argument() {
      while (at < formula.length() && formula.charAt(at) == ' ') {
        at++;
      }
      if (at == formula.length()) {
        return "";
      }
      int start = at;
      char first = formula.charAt(at++);
      if (first == '\\') {
        while (at < formula.length() && Character.isLetter(formula.charAt(at))) {
          at++;
        }
      } else if (first == '{') {
        int open = 1;
        while (at < formula.length() && open > 0) {
          char c = formula.charAt(at++);
          open += c == '{' ? 1 : c == '}' ? -1 : 0;
        }
        return formula.substring(start + 1, open == 0 ? at - 1 : at);
      }
      return formula.substring(start, at);
    }

    private void command() {
      int start = ++at;
      while (at < formula.length() && Character.isLetter(formula.charAt(at))) {
        at++;
      }
      if (at == start && at < formula.length()) {
        at++;
      }
      String name = formula.substring(start, at);
      if (name.endsWith("frac")) {
        String top = inner(argument());
        String bottom = inner(argument());
        boolean sum = top.indexOf(" plus ") > 0 || top.indexOf(" minus ") > 0;
        append(top + (sum ? ", over " : " over ") + bottom);
      } else if (name.equals("sqrt")) {
        root();
      } else if (name.equals("binom")) {
        append(inner(argument()) + " choose " + inner(argument()));
      } else if (withArgument.containsKey(name)) {
        withArgument(name);
      } else if (ranged.contains(name)) {
        range(name);
      } else {
        String spoken = said.getOrDefault(name, name.equals("\\") ? "," : "");
        append(spoken.equals("-") ? "" : spoken);
        base(name);
      }
    }

    private void withArgument(String name) {
      String before = withArgument.getOrDefault(name, "-");
      String argument = argument();
      if (before.equals("%")) {
        return;
      }
      boolean text = name.startsWith("text") || name.equals("operatorname") || name.equals("emph");
      append((before.equals("-") ? "" : before + " ") + (text ? argument : inner(argument)));
    }

    private void root() {
      String degree = "";
      if (at < formula.length() && formula.charAt(at) == '[') {
        int close = Math.max(at, formula.indexOf("]", at));
        degree = formula.substring(at + 1, Math.max(close, at + 1));
        at = close + 1;
      }
      String root =
          switch (degree) {
            case "", "2" -> "square";
            case "3" -> "cube";
            case "4" -> "fourth";
            default -> degree + "-th";
          };
      append("the " + root + " root of " + inner(argument()));
    }

    /// `\log_2` is "log base 2 of".
    private void base(String name) {
      if (name.equals("log") && at < formula.length() && formula.charAt(at) == '_') {
        at++;
        append("base " + inner(argument()) + " of");
      }
    }

    private void range(String name) {
      append(said.getOrDefault(name, name));
      boolean limit = name.equals("lim");
      boolean ends = false;
      for (int i = 0; i < 2 && at < formula.length(); i++) {
        char c = formula.charAt(at);
        if (c == '_' || c == '^') {
          at++;
          append(
              (c == '_' ? limit ? "as " : "from " : "to ")
                  + inner(argument()).replace(" to ", limit ? " goes to " : " to "));
          ends = true;
        }
      }
      boolean over = ends || name.equals("sum") || name.equals("prod") || name.equals("int");
      append(over ? "of" : "");
    }

    private void power(String exponent) {
      String plain = inner(exponent);
      append(
          switch (plain) {
            case "2" -> "squared";
            case "3" -> "cubed";
            case "degrees", "prime" -> plain;
            case "T" -> "transposed";
            default -> "to the power of " + plain;
          });
    }

    private void index(String index) {
      String plain = inner(index);
      boolean figures = plain.chars().allMatch(Character::isDigit);
      append(figures ? plain : "sub " + plain);
    }

    /// Letters are single variables, unless they are a function's name.
    private void letters() {
      int start = at;
      while (at < formula.length() && Character.isLetter(formula.charAt(at))) {
        at++;
      }
      String run = formula.substring(start, at);
      boolean afterFigure = start > 0 && Character.isDigit(formula.charAt(start - 1));
      if (run.length() == 1) {
        boolean article = run.equals("a") || run.equals("A");
        boolean indexed = at < formula.length() && formula.charAt(at) == '_' && run.equals("x");
        String letter = afterFigure || indexed ? run.toUpperCase(Locale.ROOT) : run;
        words.append(afterFigure ? " " : "").append(article ? Letters.LONE_A : letter);
      } else if (run.length() > 3 || functions.contains(run)) {
        append(run);
      } else {
        append(Letters.spell(run));
      }
    }

    private void number() {
      int start = at;
      while (at < formula.length()
          && (Character.isDigit(formula.charAt(at)) || isPoint(formula, at))) {
        at++;
      }
      boolean parted = start > 0 && Character.isLetter(formula.charAt(start - 1));
      words.append(parted ? " " : "").append(formula, start, at);
    }
  }

  /// Whether a full stop or comma stands between digits.
  private static boolean isPoint(String formula, int at) {
    char c = formula.charAt(at);
    return (c == '.' || c == ',')
        && at > 0
        && at + 1 < formula.length()
        && Character.isDigit(formula.charAt(at - 1))
        && Character.isDigit(formula.charAt(at + 1));
  }
}
