package dev.ttsworker.text.normal;

import java.util.Optional;
import java.util.regex.MatchResult;

/// Sizes: `5x3`, `1920×1080`, `2 x 4`, `3 × 3 mm`; with a sum after them, `5 × 3 = 15`, they are
/// multiplied.
final class SizeRule implements Rule {
  private static final Form SIZE =
      Form.of(
          "(?<one>"
              + Forms.NUMBER
              + ")(?<sign> ?[x×] ?)(?<two>"
              + Forms.NUMBER
              + ")(?: ?[x×] ?(?<three>"
              + Forms.NUMBER
              + "))?+"
              + "(?<sum>(?= ?=))?+");

  private final English english;
  private final UnitRule units;

  SizeRule(English english) {
    this.english = english;
    this.units = new UnitRule(english);
  }

  @Override
  public Optional<Reading> read(Source text, int at) {
    return SIZE.at(text, at).map(m -> reading(text, at, m));
  }

  private Reading reading(Source text, int at, MatchResult match) {
    if (match.group("sum") == null) {
      Amount size = new Amount(match.end(), words(match, " by "), false);
      Optional<Reading> measured = units.after(text, at, size);
      if (measured.isPresent()) {
        return measured.get();
      }
    }
    boolean product = match.group("sum") != null || match.group("sign").equals(" × ");
    return Reading.of(match.end(), words(match, product ? " times " : " by "));
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
