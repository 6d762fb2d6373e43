package dev.ttsworker.engine.text.normalization;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;

/// Text normalization of addresses: states, `Austin, TX`, house numbers, `1600 Pennsylvania Ave`,
/// and directions after a street, `Ave NW`.
final class PlaceRule implements Rule {
  private static final BoundedPattern STATE =
      BoundedPattern.of("[A-Z]{2}(?![\\p{L}\\p{N}_]|['’-]\\p{L})");
  private static final BoundedPattern ZIP = BoundedPattern.of("\\.?,? \\d{5}(?:-\\d{4})?+(?!\\d)");
  private static final BoundedPattern DIRECTION =
      BoundedPattern.of("(?<direction>N[EW]|S[EW]|[NSEW](?![.]\\p{L}))(?![\\p{L}\\p{N}_&])");
  private static final int LONGEST_PLACE = 20;

  private final Letters letters;
  private final Map<String, String> states;
  private final Map<String, String> directions;
  private final Set<String> streets;
  private final Set<String> ambiguous;
  private final BoundedPattern house;

  PlaceRule(English english) {
    letters = english.letters();
    Tables tables = Tables.read("places.txt");
    states = tables.section("states");
    ambiguous = tables.words("states only before a ZIP code");
    directions = tables.section("directions");
    streets = tables.words("streets");
    house =
        BoundedPattern.of(
            "(?<number>[1-9]\\d{3})(?= (?:[NSEW]\\.? )?(?:\\p{Lu}[\\p{L}'’-]{1,20}+ ){1,3}?"
                + BoundedPatterns.anyOf(streets)
                + "(?![\\p{L}\\p{N}_]))");
  }

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    char c = text.peek(at);
    if (Character.isDigit(c)) {
      return house
          .at(text, at)
          .filter(_ -> text.isWordStart(at))
          .map(m -> Verbalization.of(m.end(), letters.number(m.group("number"))));
    }
    if (c < 'A' || c > 'Z' || !text.isWordStart(at)) {
      return Optional.empty();
    }
    return state(text, at).or(() -> direction(text, at));
  }

  private Optional<Verbalization> state(Cursor text, int at) {
    if (text.peek(at - 1) != ' ' || text.peek(at - 2) != ',' || !isPlace(text, at - 2)) {
      return Optional.empty();
    }
    return STATE
        .at(text, at)
        .filter(m -> states.containsKey(m.group()))
        .filter(m -> !ambiguous.contains(m.group()) || ZIP.at(text, m.end()).isPresent())
        .map(m -> Verbalization.of(m.end(), states.getOrDefault(m.group(), "")));
  }

  /// Whether a name with a capital ends there.
  private static boolean isPlace(Cursor text, int end) {
    int start = end;
    while (end - start < LONGEST_PLACE && Character.isLetter(text.peek(start - 1))) {
      start--;
    }
    return end - start > 2
        && Character.isUpperCase(text.peek(start))
        && Character.isLowerCase(text.peek(end - 1));
  }

  private Optional<Verbalization> direction(Cursor text, int at) {
    String street = RomanRule.wordBefore(text, at);
    if (!streets.contains(street)) {
      return Optional.empty();
    }
    return DIRECTION
        .at(text, at)
        .filter(m -> isLast(text, m))
        .map(m -> Verbalization.of(m.end(), directions.getOrDefault(m.group("direction"), "")));
  }

  /// Whether the address ends there; a single letter may be an initial.
  private static boolean isLast(Cursor text, MatchResult match) {
    char next = text.peek(match.end());
    return match.group().length() == 2 || next == 0 || next == ',' || next == '\n';
  }
}
