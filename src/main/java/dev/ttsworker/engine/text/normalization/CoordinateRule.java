package dev.ttsworker.engine.text.normalization;

import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;

/// Text normalization of geographic coordinates: `40.71° N`, `74° W.`, `40°26′46″N`.
final class CoordinateRule implements Rule {
  private static final String PART = "\\d{1,3}+(?:\\.\\d{1,10}+)?+";
  private static final BoundedPattern COORDINATE =
      BoundedPattern.of(
          "(?<degrees>-?"
              + PART
              + ")[ ]?[°º](?:[ ]?(?<minutes>"
              + PART
              + ")['′’])?+(?:[ ]?(?<seconds>"
              + PART
              + ")(?:[\"″”]|''))?+[ ]?(?<direction>[NSEW])(?![\\p{L}\\p{N}_])");
  private static final Map<String, String> DIRECTIONS =
      Map.of("N", "north", "S", "south", "E", "east", "W", "west");

  private final NumberWords numbers;

  CoordinateRule(English english) {
    this.numbers = english.numbers();
  }

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    return Character.isDigit(text.peek(at)) || text.peek(at) == '-'
        ? COORDINATE.at(text, at).map(m -> reading(text, m))
        : Optional.empty();
  }

  private Verbalization reading(Cursor text, MatchResult match) {
    StringBuilder words = new StringBuilder(part(match, "degrees", " degree"));
    words.append(part(match, "minutes", " minute")).append(part(match, "seconds", " second"));
    words.append(' ').append(DIRECTIONS.get(match.group("direction")));
    int end = match.end();
    boolean stop = text.peek(end) == '.' && !text.isLastWordEnd(end + 1);
    return Verbalization.of(
        stop && Cursor.isBlank(text.peek(end + 1)) ? end + 1 : end, words.toString());
  }

  private String part(MatchResult match, String name, String unit) {
    String number = match.group(name);
    if (number == null) {
      return "";
    }
    String words = numbers.written(number) + unit + (number.equals("1") ? "" : "s");
    return name.equals("degrees") ? words : " " + words;
  }
}
