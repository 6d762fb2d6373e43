package dev.ttsworker.engine.text.normalization;

import dev.ttsworker.engine.text.Abbreviations;
import dev.ttsworker.engine.text.Abbreviations.Place;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;

/// Text normalization of Roman numerals after the noun that they number: `Henry VIII`, `Chapter
/// IV`, `World War II`, `page xii`.
final class RomanRule implements Rule {
  private static final BoundedPattern NUMERAL =
      BoundedPattern.of(
          "(?<roman>L?X{0,3}(?:IX|IV|V?I{0,3})|XL(?:IX|IV|V?I{0,3})|l?x{0,3}(?:ix|iv|v?i{0,3}))(?<of>['’]s)?+(?![\\p{L}\\p{N}_'’]|-(?![ivxIVX]{1,5}(?![\\p{L}]))\\p{L})");

  private static final Set<String> NUMERALS =
      Set.of("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii");

  private final NumberWords numbers;
  private final Set<String> rulers;
  private final Set<String> parts;
  private final Set<String> notNames;
  private final Set<String> verbs;

  RomanRule(English english) {
    this.numbers = english.numbers();
    Tables tables = Tables.read("roman.txt");
    rulers = tables.words("rulers");
    parts = tables.words("parts");
    notNames = tables.words("no names");
    verbs = tables.words("after the pronoun");
  }

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    if ("IVXLivxl".indexOf(text.peek(at)) < 0 || !text.isWordStart(at)) {
      return Optional.empty();
    }
    return NUMERAL
        .at(text, at)
        .filter(m -> !m.group("roman").isEmpty())
        .flatMap(m -> reading(text, at, m));
  }

  private Optional<Verbalization> reading(Cursor text, int at, MatchResult match) {
    String before = wordBefore(text, at);
    String roman = match.group("roman");
    int value = value(roman.toUpperCase(Locale.ROOT));
    String of = match.group("of") == null ? "" : "'s";
    if (parts.contains(before.toLowerCase(Locale.ROOT))
        || Abbreviations.has(Place.BEFORE_NUMBER, before)) {
      boolean pronoun = roman.equals("I") && isPronoun(text, match.end());
      return pronoun
          ? Optional.empty()
          : Optional.of(upTo(text, match, numbers.cardinal(value) + of));
    }
    if (Character.isLowerCase(roman.charAt(0))) {
      return small(text, at, match, numbers.cardinal(value) + of);
    }
    boolean capitals = Character.isUpperCase(roman.charAt(0));
    boolean name =
        before.length() > 1
            && Character.isUpperCase(before.charAt(0))
            && !notNames.contains(before.toLowerCase(Locale.ROOT));
    boolean initial =
        roman.length() == 1
            && text.peek(match.end()) == '.'
            && !text.isLastWordEnd(match.end() + 1);
    if (!capitals || !name || initial) {
      return Optional.empty();
    }
    if (rulers.contains(before)) {
      boolean pronoun = roman.equals("I") && isPronoun(text, match.end());
      return pronoun
          ? Optional.empty()
          : Optional.of(Verbalization.of(match.end(), "the " + numbers.ordinal(value) + of));
    }
    return roman.length() > 1 && isMixed(before)
        ? Optional.of(Verbalization.of(match.end(), numbers.cardinal(value) + of))
        : Optional.empty();
  }

  /// A numeral in small letters after no part: the number of an item, or letters.
  private static Optional<Verbalization> small(
      Cursor text, int at, MatchResult match, String number) {
    String roman = match.group("roman");
    char before = text.peek(at - 1);
    char next = text.peek(match.end());
    boolean item =
        (before == '(' && next == ')' && !Character.isLetterOrDigit(text.peek(at - 2)))
            || (roman.length() > 1 && text.isLineStart(at) && ".)".indexOf(next) >= 0 && next != 0);
    boolean range =
        Set.of("to", "and", "or", "through").contains(text.wordBefore(at))
            && NUMERALS.contains(text.secondWordBefore(at));
    if (item || (range && roman.length() > 1)) {
      return Optional.of(Verbalization.of(match.end(), number));
    }
    boolean letters = roman.length() > 1 && match.group("of") == null && "-'’".indexOf(before) < 0;
    return letters
        ? Optional.of(Verbalization.of(match.end(), Letters.spell(roman)))
        : Optional.empty();
  }

  /// A numeral, or a range that begins with it.
  private Verbalization upTo(Cursor text, MatchResult match, String words) {
    int end = match.end();
    if (text.peek(end) != '–' && text.peek(end) != '-') {
      return Verbalization.of(end, words);
    }
    return NUMERAL
        .at(text, end + 1)
        .filter(m -> !m.group("roman").isEmpty())
        .map(m -> {
          int last = value(m.group("roman").toUpperCase(Locale.ROOT));
          return Verbalization.of(m.end(), words + " to " + numbers.cardinal(last));
        })
        .orElseGet(() -> Verbalization.of(end, words));
  }

  /// The word before the numeral, which may be an abbreviation with a full stop.
  static String wordBefore(Cursor text, int at) {
    String word = text.wordBefore(at);
    int end = at;
    while (at - end < 2 && Cursor.isBlank(text.peek(end - 1))) {
      end--;
    }
    boolean stop = word.isEmpty() && text.peek(end - 1) == '.';
    return stop ? text.wordBefore(end - 1) : word;
  }

  /// Whether a word is a numeral in capitals.
  static boolean isNumeral(String word) {
    return word.chars().allMatch(c -> "IVXLC".indexOf(c) >= 0);
  }

  private static boolean isMixed(String word) {
    return Character.isLowerCase(word.charAt(word.length() - 1));
  }

  private boolean isPronoun(Cursor text, int end) {
    return verbs.contains(text.wordAfter(end).toLowerCase(Locale.ROOT));
  }

  static int value(String roman) {
    int value = 0;
    for (int i = 0; i < roman.length(); i++) {
      int digit = digit(roman.charAt(i));
      boolean subtracted = i + 1 < roman.length() && digit(roman.charAt(i + 1)) > digit;
      value += subtracted ? -digit : digit;
    }
    return value;
  }

  private static int digit(char c) {
    return switch (c) {
      case 'I' -> 1;
      case 'V' -> 5;
      case 'X' -> 10;
      case 'C' -> 100;
      case 'D' -> 500;
      case 'M' -> 1_000;
      default -> 50;
    };
  }
}
