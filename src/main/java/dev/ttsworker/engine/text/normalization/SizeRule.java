package dev.ttsworker.engine.text.normalization;

import java.util.Optional;
import java.util.regex.MatchResult;

/// Text normalization of dimensions (semiotic class measure): `5x3`, `1920×1080`, `2 x 4`, `3 × 3
/// mm`, `4m x 5m`; before an equals sign, `5 × 3 = 15`, they are a multiplication.
final class SizeRule implements Rule {
  /// Between two sides.
  static final String SIGN = " ?[x×] ?";

  private static final BoundedPattern SIZE =
      BoundedPattern.of(
          "(?<one>"
              + BoundedPatterns.NUMBER
              + ")(?<sign>"
              + SIGN
              + ")(?<two>"
              + BoundedPatterns.NUMBER
              + ")(?:"
              + SIGN
              + "(?<three>"
              + BoundedPatterns.NUMBER
              + "))?+"
              + "(?<sum>(?= ?=))?+");

  private static final String SIDE = "[\\d.]{1,8}+[ \u00a0]?";
  private static final BoundedPattern MEASURED =
      BoundedPattern.of(
          SIDE
              + "(?<unit>\\p{L}{1,4}+)"
              + SIGN
              + SIDE
              + "\\k<unit>(?:"
              + SIGN
              + SIDE
              + "\\k<unit>)?+(?![\\p{L}\\p{N}²³])");
  private static final BoundedPattern BY = BoundedPattern.of(SIGN + "(?=[\\d.])");

  private final English english;
  private final UnitRule units;
  private final Amounts amounts;

  SizeRule(English english) {
    this.english = english;
    this.units = new UnitRule(english);
    this.amounts = new Amounts(english);
  }

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    return SIZE.at(text, at)
        .map(m -> reading(text, at, m))
        .or(() -> MEASURED.at(text, at).flatMap(m -> sides(text, at, m.end())));
  }

  /// Sides that each have the unit: "a four meter by five meter room", "four meters by one meter".
  private Optional<Verbalization> sides(Cursor text, int at, int end) {
    boolean describing = units.isDescribing(text, at, end);
    StringBuilder words = new StringBuilder();
    for (int next = at; next < end; ) {
      Optional<MatchResult> by = words.isEmpty() ? Optional.empty() : BY.at(text, next);
      int start = by.map(MatchResult::end).orElse(next);
      Optional<Verbalization> side =
          amounts
              .at(text, start)
              .map(a -> new Amount(a.end(), a.words(), describing || a.isOne()))
              .flatMap(a -> units.after(text, at, a));
      if (side.isEmpty()) {
        return Optional.empty();
      }
      words.append(words.isEmpty() ? "" : " by ").append(side.get().words());
      next = side.get().end();
    }
    return Optional.of(Verbalization.of(end, words.toString()));
  }

  private Verbalization reading(Cursor text, int at, MatchResult match) {
    if (match.group("sum") == null) {
      Amount size = new Amount(match.end(), words(match, " by "), false);
      Optional<Verbalization> measured = units.after(text, at, size);
      if (measured.isPresent()) {
        return measured.get();
      }
    }
    boolean product = match.group("sum") != null || match.group("sign").equals(" × ");
    return Verbalization.of(match.end(), words(match, product ? " times " : " by "));
  }

  private String words(MatchResult match, String by) {
    String words = side(match.group("one")) + by + side(match.group("two"));
    String three = match.group("three");
    return three == null ? words : words + by + side(three);
  }

  private String side(String number) {
    boolean pixels = number.length() == 4 && number.chars().allMatch(Character::isDigit);
    return pixels ? english.letters().number(number) : english.numbers().written(number);
  }
}
