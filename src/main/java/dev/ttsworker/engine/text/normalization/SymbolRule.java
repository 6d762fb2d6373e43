package dev.ttsworker.engine.text.normalization;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Text normalization of symbols with a name, alone or in arithmetic: `&`, `=`, `≥`, `→`, `5 - 3 =
/// 2`, `x²`, `√16`.
final class SymbolRule implements Rule {
  private static final int LONGEST_ALONE = 200;
  private static final String ALONE = "*_#~`|><+-=\\/^•·–—[](){}\"'“”‘’:;,.";
  private static final String AT_EDGES = "*_#~|^\\";
  private static final BoundedPattern RANGE = BoundedPattern.of(" ?[-–—‒−] ?(?=[$£€¥~<>]?\\.?\\d)");
  private static final BoundedPattern MINUS =
      BoundedPattern.of(
          "[ ]?[-−–][ ]?(?=[\\p{L}\\d(.]{1,12}+(?: ?[-+×*/÷−^] ?[\\p{L}\\d.]{1,8}+){0,4} ?=)");
  private static final BoundedPattern OPERATOR =
      BoundedPattern.of("[ ]?(?<sign>[*×x/÷^−]|\\*\\*) ?(?=[-(]?\\d)");
  private static final BoundedPattern POWER =
      BoundedPattern.of("\\^\\(?(?<exponent>[-−]?\\d{1,4})\\)?");
  private static final BoundedPattern SUPERSCRIPT =
      BoundedPattern.of("(?<exponent>[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]{1,5}+)");
  private static final BoundedPattern DOUBLE =
      BoundedPattern.of("(?:===?|!==?|<=|>=|->|=>|<-|&&|\\|\\||\\+/-|\\+-|<<|>>|::|:=|§§)(?![=>])");

  private final NumberWords numbers;
  private final Map<String, String> between;
  private final Map<String, String> always;
  private final Map<String, String> spaced;
  private final Map<String, String> beforeNumber;
  private final Set<String> beforeKeys;
  private final Map<String, String> keys;

  SymbolRule(English english) {
    this.numbers = english.numbers();
    Tables tables = Tables.read("symbols.txt");
    between = tables.section("between figures");
    always = tables.section("always");
    spaced = tables.section("between blanks");
    beforeNumber = tables.section("before figures");
    beforeKeys = tables.words("before a key");
    keys = english.isBritish() ? tables.section("keys in Britain") : tables.section("keys");
  }

  /// Whether the text consists of symbols that are verbalized only among words: `*`, `_`, `* *`.
  static boolean isSymbolOnly(Cursor text) {
    return text.length() <= LONGEST_ALONE
        && !text.toString().isBlank()
        && text.toString().chars().allMatch(c -> Cursor.isBlank((char) c) || ALONE.indexOf(c) >= 0);
  }

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    char c = text.peek(at);
    if (Character.isLetterOrDigit(c) && "²³¹ªº".indexOf(c) < 0) {
      return c == 'x' ? operator(text, at) : greek(text, at, c);
    }
    return minus(text, at)
        .or(() -> range(text, at))
        .or(() -> operator(text, at))
        .or(() -> power(text, at))
        .or(() -> doubled(text, at))
        .or(() -> single(text, at, c));
  }

  private Optional<Verbalization> greek(Cursor text, int at, char c) {
    boolean alone = text.isWordStart(at) && text.isWordEnd(at + 1) && c > 0x370;
    return alone
        ? Optional.ofNullable(always.get(Character.toString(c)))
            .map(w -> Verbalization.of(at + 1, w))
        : Optional.empty();
  }

  private static Optional<Verbalization> minus(Cursor text, int at) {
    char before = text.peek(at - 1);
    boolean after = Character.isLetterOrDigit(before) || before == ')';
    boolean blank = Cursor.isBlank(text.peek(at));
    if (!after
        || !(blank
            ? isDash(text.peek(at + 1)) && Cursor.isBlank(text.peek(at + 2))
            : isDash(text.peek(at)))) {
      return Optional.empty();
    }
    return MINUS.at(text, at).map(m -> Verbalization.of(m.end(), "minus"));
  }

  private static boolean isDash(char c) {
    return c == '-' || c == '−' || c == '–';
  }

  /// Range of two numbers; after a letter, as in `GPT-4`, the dash is only a pause.
  private static Optional<Verbalization> range(Cursor text, int at) {
    return RANGE
        .at(text, at)
        .flatMap(m -> {
          char before = text.peek(at - 1);
          String dash = m.group();
          boolean blanks = dash.length() == 3;
          boolean figure =
              Character.isDigit(before)
                  || (before != 0
                      && "%°′″'\"¢€£$½¼¾".indexOf(before) >= 0
                      && "'\"".indexOf(before) < 0);
          if (figure && dash.contains("−")) {
            return Optional.of(Verbalization.of(m.end(), "minus"));
          }
          if (figure && (!blanks || dash.contains("–")) && dash.length() != 2) {
            return Optional.of(Verbalization.of(m.end(), "to"));
          }
          if (figure && blanks && dash.contains("-")) {
            return Optional.of(Verbalization.of(m.end(), "minus"));
          }
          if (isTerm(text, at)) {
            return Optional.of(Verbalization.of(m.end(), "minus"));
          }
          boolean half = isHalf(text, at) || isUnit(text, at);
          if (half && dash.length() != 2) {
            return Optional.of(Verbalization.of(m.end(), "to"));
          }
          boolean letter = Character.isLetter(before) && dash.equals("-");
          return letter ? Optional.of(Verbalization.of(m.end(), " ")) : Optional.empty();
        });
  }

  /// Whether `am` or `pm` ends there.
  private static boolean isHalf(Cursor text, int at) {
    String tail =
        text.subSequence(Math.max(0, at - 4), at).toString().toLowerCase(java.util.Locale.ROOT);
    return (tail.endsWith("am") && Character.isDigit(tail.charAt(0)))
        || tail.endsWith(".m.")
        || tail.matches(".?.?[\\d ][ap]m");
  }

  /// Whether a product such as `4x` ends there.
  private static boolean isTerm(Cursor text, int at) {
    String word = text.wordBefore(at);
    int last = word.length() - 1;
    return last > 0
        && !Cursor.isBlank(text.peek(at - 1))
        && "xyz".indexOf(word.charAt(last)) >= 0
        && Character.isDigit(word.charAt(last - 1));
  }

  private static boolean isUnit(Cursor text, int at) {
    String word = text.wordBefore(at);
    return !word.isEmpty()
        && Character.isDigit(word.charAt(0))
        && word.indexOf('-') < 0
        && !Cursor.isBlank(text.peek(at - 1))
        && word.chars().filter(Character::isLetter).count() <= 3
        && Character.isLetter(word.charAt(word.length() - 1));
  }

  private Optional<Verbalization> operator(Cursor text, int at) {
    char before = text.peek(at - 1);
    boolean figure =
        Character.isDigit(before) || before == ')' || (before != 0 && "²³".indexOf(before) >= 0);
    boolean afterBlank = Cursor.isBlank(before) && Character.isDigit(text.peek(at - 2));
    boolean named = text.peek(at) == 'x' || text.peek(at) == '×';
    boolean afterUnit = named && Cursor.isBlank(before) && Character.isLetter(text.peek(at - 2));
    if (!figure && !afterBlank && !afterUnit) {
      return Optional.empty();
    }
    return OPERATOR
        .at(text, at)
        .filter(m -> !m.group("sign").equals("^"))
        .filter(m -> !m.group("sign").equals("x") || afterBlank || afterUnit)
        .map(m ->
            Verbalization.of(
                m.end(), afterUnit ? "by" : between.getOrDefault(m.group("sign"), "")));
  }

  private Optional<Verbalization> power(Cursor text, int at) {
    char before = text.peek(at - 1);
    if (!Character.isLetterOrDigit(before) && before != ')') {
      return Optional.empty();
    }
    return POWER
        .at(text, at)
        .or(() -> SUPERSCRIPT.at(text, at))
        .map(m -> Verbalization.of(m.end(), raised(plain(m.group("exponent")))));
  }

  /// Superscript digits and signs as plain ones.
  static String plain(String exponent) {
    return java.text.Normalizer.normalize(exponent, java.text.Normalizer.Form.NFKC)
        .replace('−', '-');
  }

  private String raised(String exponent) {
    return switch (exponent) {
      case "2" -> "squared";
      case "3" -> "cubed";
      default -> exponent.equals("-") ? "" : "to the power of " + numbers.written(exponent);
    };
  }

  private Optional<Verbalization> doubled(Cursor text, int at) {
    return DOUBLE
        .at(text, at)
        .flatMap(m ->
            Optional.ofNullable(always.get(m.group()))
                .map(words -> Verbalization.of(m.end(), words)));
  }

  private Optional<Verbalization> single(Cursor text, int at, char c) {
    String sign = Character.toString(c);
    char before = text.peek(at - 1);
    char after = text.peek(at + 1);
    boolean free = (before == 0 || Cursor.isBlank(before)) && (after == 0 || Cursor.isBlank(after));
    if ((c == '*' || c == '#') && !Character.isLetterOrDigit(after) && isKey(text, at)) {
      return Optional.of(Verbalization.of(at + 1, keys.getOrDefault(sign, "")));
    }
    if (free && AT_EDGES.indexOf(c) >= 0 && isAtEdge(text, at)) {
      return Optional.of(Verbalization.dropped(at + 1));
    }
    if (beforeNumber.containsKey(sign)
        && (before == 0 || Cursor.isBlank(before) || "(\"'“".indexOf(before) >= 0)
        && (Character.isDigit(after)
            || after == '.'
            || ("$£€".indexOf(after) >= 0 && after != 0)
            || (Cursor.isBlank(after) && "№§".indexOf(c) >= 0))) {
      return Optional.of(Verbalization.of(at + 1, beforeNumber.getOrDefault(sign, "")));
    }
    if (spaced.containsKey(sign) && (free || isBetweenFigures(before, after))) {
      return Optional.of(Verbalization.of(at + 1, spaced.getOrDefault(sign, "")));
    }
    if (c == ':' && Character.isDigit(before) && Character.isDigit(after)) {
      return Optional.of(Verbalization.of(at + 1, "to"));
    }
    String words = always.get(sign);
    return words == null
        ? Optional.empty()
        : Optional.of(
            words.equals("-") ? Verbalization.dropped(at + 1) : Verbalization.of(at + 1, words));
  }

  private static boolean isAtEdge(Cursor text, int at) {
    return text.isLineStart(at) || text.isLastWordEnd(at + 1);
  }

  /// Whether it is a telephone key: "Press *", "Dial # now".
  private boolean isKey(Cursor text, int at) {
    return beforeKeys.contains(text.wordBefore(at).toLowerCase(Locale.ROOT))
        || ("the".equals(text.wordBefore(at)) && "key".equals(text.wordAfter(at + 1)));
  }

  private static boolean isBetweenFigures(char before, char after) {
    return Character.isLetterOrDigit(before)
        && Character.isLetterOrDigit(after)
        && (Character.isDigit(before) || Character.isDigit(after));
  }
}
