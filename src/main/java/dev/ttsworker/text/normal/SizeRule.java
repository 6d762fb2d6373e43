package dev.ttsworker.text.normal;

import java.util.Optional;
import java.util.regex.MatchResult;

/// Sizes: `5x3`, `1920×1080`, `2 x 4`; with a sum after them, `5 × 3 = 15`, they are multiplied.
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

  SizeRule(English english) {
    this.english = english;
  }

  @Override
  public Optional<Reading> read(Source text, int at) {
    return SIZE.at(text, at).map(this::reading);
  }

  private Reading reading(MatchResult match) {
    boolean product = match.group("sum") != null || match.group("sign").equals(" × ");
    String by = product ? " times " : " by ";
    String words = side(match.group("one")) + by + side(match.group("two"));
    String three = match.group("three");
    return Reading.of(match.end(), three == null ? words : words + by + side(three));
  }

  private String side(String number) {
    boolean pixels = number.length() == 4 && number.chars().allMatch(Character::isDigit);
    return pixels ? english.letters().number(number) : english.numbers().written(number);
  }
}
