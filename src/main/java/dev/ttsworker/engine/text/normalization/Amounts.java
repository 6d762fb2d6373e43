package dev.ttsworker.engine.text.normalization;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;

/// Parser of amounts: `-3.5`, `2 1/2`, `½`, `1.5M`, `3 million`. Immutable.
final class Amounts {
  private static final BoundedPattern AMOUNT =
      BoundedPattern.of(
          "(?<sign>[-+−])?+(?<number>"
              + BoundedPatterns.NUMBER
              + ")(?:"
              + "(?<attached>k|K|M|B|T|bn|mn|tn)(?![\\p{L}\\p{N}_])"
              + "|[ \u00a0-](?<scale>hundred|thousand|lakhs?|crores?|million|billion|trillion|bn|mn|tn)"
              + "(?![\\p{L}\\p{N}_]))?+");
  private static final BoundedPattern MIXED =
      BoundedPattern.of(
          "(?:(?<whole>\\d{1,3}+)[ \u00a0-])?+(?<top>\\d{1,3}+)[/⁄](?<bottom>\\d{1,4}+)(?![\\d/.,]\\d)");
  private static final BoundedPattern SIGNS =
      BoundedPattern.of("(?<whole>\\d{1,3}+)?+[ \u00a0]?+(?<sign>[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])");

  private static final Set<String> RACES = Set.of("5K", "10K");
  private static final Set<String> RACE_WORDS = Set.of("a", "the", "ran", "run", "running");

  private final NumberWords numbers;
  private final Map<String, String> scales = Tables.read("money.txt").section("scales");
  private final Fractions fractions;

  Amounts(English english) {
    this.numbers = english.numbers();
    this.fractions = new Fractions(english.numbers());
  }

  /// The amount that begins at `at`. The text after it may be part of a word.
  Optional<Amount> at(Cursor text, int at) {
    if (Character.isLetter(text.peek(at))) {
      return Optional.empty();
    }
    Optional<Amount> fraction = fraction(text, at);
    return fraction.isPresent() ? fraction : number(text, at);
  }

  private Optional<Amount> fraction(Cursor text, int at) {
    if (!Character.isDigit(text.peek(at)) && "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞".indexOf(text.peek(at)) < 0) {
      return Optional.empty();
    }
    Optional<Amount> mixed =
        MIXED.at(text, at).flatMap(m -> amount(m, fractions.of(m.group("top"), m.group("bottom"))));
    return mixed.or(() ->
        SIGNS.at(text, at).flatMap(m -> amount(m, fractions.ofSign(m.group("sign").charAt(0)))));
  }

  private Optional<Amount> amount(MatchResult match, Optional<String> fraction) {
    String whole = match.group("whole");
    if (whole == null) {
      boolean one = !match.namedGroups().containsKey("top") || isProper(match);
      return fraction.map(words -> new Amount(match.end(), words, one));
    }
    return fraction.map(words ->
        new Amount(
            match.end(),
            numbers.written(whole) + " and " + words.replaceFirst("^one ", "a "),
            false));
  }

  private static boolean isProper(MatchResult match) {
    return Integer.parseInt(match.group("top")) <= Integer.parseInt(match.group("bottom"));
  }

  private Optional<Amount> number(Cursor text, int at) {
    Optional<MatchResult> match = AMOUNT.at(text, at);
    return match.isPresent() && (match.get().group("sign") == null || isSign(text, at))
        ? Optional.of(amount(text, match.get()))
        : Optional.empty();
  }

  private Amount amount(Cursor text, MatchResult match) {
    String number = match.group("number");
    String sign = match.group("sign");
    String words = numbers.written((sign == null ? "" : sign) + number);
    String attached = match.group("attached");
    String scale = match.group("scale");
    if (attached != null && isName(text, match, number + attached)) {
      return new Amount(match.start("attached"), words, false);
    }
    String given = attached == null ? scale : attached;
    if (given == null) {
      return new Amount(match.end(), words, number.equals("1"));
    }
    return new Amount(match.end(), words + " " + scales.get(given), false);
  }

  /// Whether the letter is not a scale: `4K`, a run of `5K`, `12B Oak Street`.
  private static boolean isName(Cursor text, MatchResult match, String written) {
    String next = text.wordAfter(match.end());
    boolean capital =
        Cursor.isBlank(text.peek(match.end()))
            && !next.isEmpty()
            && Character.isUpperCase(next.charAt(0));
    String before = text.wordBefore(match.start());
    boolean race = RACES.contains(written) && RACE_WORDS.contains(before);
    return written.equals("4K") || written.equals("8K") || capital || race;
  }

  /// Whether a plus or minus there belongs to the number after it.
  private static boolean isSign(Cursor text, int at) {
    char before = text.peek(at - 1);
    return before == 0 || Cursor.isBlank(before) || "([{=<>≈≤≥:,\"'“‘*_~$£€".indexOf(before) >= 0;
  }
}
