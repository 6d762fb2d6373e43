package dev.ttsworker.engine.text.normalization;

import dev.ttsworker.engine.text.Abbreviations;
import dev.ttsworker.engine.text.Abbreviations.Place;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;

/// Text normalization of alphanumeric identifiers: `Seat 14A`, `room 12-4`, `US 2012/0179503`, `12
/// W. 34th St.`, `3M tape`; and `2m views`.
final class CodeRule implements Rule {
  private static final BoundedPattern LETTERED =
      BoundedPattern.of(
          "(?<number>\\d{1,4}+)(?<letter>[A-Za-z])(?![\\p{L}\\p{N}_]|"
              + SizeRule.SIGN
              + "\\d| (?:"
              + BoundedPatterns.anyOf(UnitRule.DIMENSIONS)
              + "|away|above|below|across|square)\\b)");
  private static final BoundedPattern PAIR =
      BoundedPattern.of("(?<one>\\d{1,4}+)-(?<two>\\d{1,4}+)(?![\\p{L}\\p{N}_%°]|[-.,:/]\\d)");
  private static final BoundedPattern NAMED =
      BoundedPattern.of("\\d{3,4}+(?![\\p{L}\\p{N}_%°]|[-–.,:/]\\d|,\\d)");
  private static final BoundedPattern SLASHED =
      BoundedPattern.of("(?<one>\\d{1,4}+)/(?<two>\\d{1,12}+)(?![\\p{L}\\p{N}_]|[-.,:/]\\d)");
  private static final BoundedPattern MILLIONS =
      BoundedPattern.of("(?<number>\\d{1,4}+(?:\\.\\d{1,3}+)?+)m (?<noun>\\p{Ll}{3,15}+)");
  private static final BoundedPattern DIRECTION =
      BoundedPattern.of(
          "(?<number>\\d{1,5}+) (?<direction>[NSEW]|N[EW]|S[EW])(?<stop>\\.)?+ "
              + "(?=(?<ordinal>\\d{1,3}(?:st|nd|rd|th))?+(?<name>\\p{Lu}\\p{Ll}{1,15}+)?+)");

  /// Designations of a list: "seats 14A and ".
  private static final BoundedPattern LISTED =
      BoundedPattern.of("(?:\\d{1,4}[A-Za-z]?(?:, and | and | or | to |, |[-–/& ]{1,3})){1,4}");

  private static final int FARTHEST = 40;
  private static final int LONGEST_SLASHED = 4;
  private static final int LONG_CODE = 100;
  private static final int SHORT_CODE = 20;
  private static final Set<String> LINKS = Set.of("is", "are", "was", "were");
  private static final Map<String, String> DIRECTIONS =
      Map.of(
          "N",
          "North",
          "S",
          "South",
          "E",
          "East",
          "W",
          "West",
          "NE",
          "Northeast",
          "NW",
          "Northwest",
          "SE",
          "Southeast",
          "SW",
          "Southwest");

  private final Letters letters;
  private final NumberWords numbers;
  private final Set<String> lettered;
  private final Set<String> coded;
  private final Set<String> falling;
  private final Set<String> laws;
  private final Set<String> millions;
  private final Set<String> named;

  CodeRule(English english) {
    letters = english.letters();
    numbers = english.numbers();
    Tables tables = Tables.read("codes.txt");
    lettered = tables.words("before a lettered number");
    coded = tables.words("before a code");
    falling = tables.words("before a falling code");
    laws = tables.words("before a law");
    named = tables.words("before a number that is a name");
    millions = tables.words("counted in millions");
  }

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    if (!Character.isDigit(text.peek(at)) || !text.isWordStart(at)) {
      return Optional.empty();
    }
    return LETTERED
        .at(text, at)
        .filter(m -> isDesignated(text, at) || isBrand(text, m))
        .map(m -> lettered(text, m))
        .or(() -> NAMED.at(text, at).filter(_ -> isNamed(text, at)).map(this::named))
        .or(() -> PAIR.at(text, at).filter(m -> isCode(text, at, m)).map(this::pair))
        .or(() -> SLASHED.at(text, at).filter(m -> isSlashed(text, at, m)).map(this::slashed))
        .or(() -> millions(text, at))
        .or(() -> direction(text, at));
  }

  private Verbalization lettered(Cursor text, MatchResult match) {
    String words =
        letters.number(match.group("number"))
            + " "
            + match.group("letter").toUpperCase(Locale.ROOT);
    return Verbalization.of(match.end(), Letters.withoutArticle(words, text, match.end()));
  }

  /// Whether a designation precedes it, or precedes a list of such digits.
  private boolean isDesignated(Cursor text, int at) {
    String word = nameBefore(text, at);
    if (lettered.contains(word)) {
      return true;
    }
    if (LINKS.contains(word)) {
      return lettered.contains(text.secondWordBefore(at).toLowerCase(Locale.ROOT));
    }
    int start = Math.max(0, at - FARTHEST);
    for (int i = at - 2; i > start; i--) {
      if (Character.isDigit(text.peek(i))
          && Cursor.isBlank(text.peek(i - 1))
          && LISTED.at(text, i).filter(m -> m.end() == at).isPresent()) {
        String name = nameBefore(text, i);
        boolean linked = LINKS.contains(name);
        String named = linked ? text.secondWordBefore(i).toLowerCase(Locale.ROOT) : name;
        if (lettered.contains(named)) {
          return true;
        }
      }
    }
    return false;
  }

  /// Whether the digits are an identifier: "Room 1204", "Highway 101", "Flight UA 328".
  private boolean isNamed(Cursor text, int at) {
    String word = text.wordBefore(at);
    boolean airline = word.length() == 2 && Character.isUpperCase(word.charAt(0));
    String second = airline ? text.secondWordBefore(at).toLowerCase(Locale.ROOT) : "";
    return named.contains(nameBefore(text, at)) || second.equals("flight");
  }

  private Verbalization named(MatchResult match) {
    return Verbalization.of(match.end(), letters.number(match.group()));
  }

  private static String nameBefore(Cursor text, int at) {
    String word = RomanRule.wordBefore(text, at);
    return Abbreviations.expansion(Place.BEFORE_NUMBER, word).orElse(word).toLowerCase(Locale.ROOT);
  }

  /// Whether it is the company: "3M tape", but "3M users".
  private static boolean isBrand(Cursor text, MatchResult match) {
    if (!match.group().equals("3M")) {
      return false;
    }
    String next = text.wordAfter(match.end());
    boolean word = Cursor.isBlank(text.peek(match.end())) && next.length() > 3;
    return word
        && !next.endsWith("s")
        && !Set.of("people", "children", "women", "more", "from", "over").contains(next);
  }

  private boolean isCode(Cursor text, int at, MatchResult match) {
    int one = Integer.parseInt(match.group("one"));
    int two = Integer.parseInt(match.group("two"));
    String written = RomanRule.wordBefore(text, at);
    String direct = nameBefore(text, at);
    String name =
        direct.equals("number")
            ? text.secondWordBefore(text.peek(at - 2) == '.' ? at - 2 : at).toLowerCase(Locale.ROOT)
            : direct;
    boolean capitals =
        written.length() > 2
            && written.chars().allMatch(Character::isUpperCase)
            && one >= LONG_CODE
            && two < SHORT_CODE;
    boolean aircraft = match.group("one").matches("7[0-8]7") && two % 10 == 0;
    return aircraft || coded.contains(name) || (falling.contains(name) && one > two) || capitals;
  }

  private Verbalization pair(MatchResult match) {
    String one = match.group("one");
    String words = letters.number(one) + (one.endsWith("0") ? ", " : " ");
    return Verbalization.of(match.end(), words + letters.number(match.group("two")));
  }

  private boolean isSlashed(Cursor text, int at, MatchResult match) {
    String two = match.group("two");
    boolean law = laws.contains(nameBefore(text, at)) && match.group("one").length() > 2;
    return two.length() > LONGEST_SLASHED || law;
  }

  private Verbalization slashed(MatchResult match) {
    return Verbalization.of(
        match.end(),
        letters.number(match.group("one")) + " slash " + letters.number(match.group("two")));
  }

  private Optional<Verbalization> millions(Cursor text, int at) {
    return MILLIONS
        .at(text, at)
        .filter(m -> millions.contains(m.group("noun")) && text.isWordEnd(m.end()))
        .map(m ->
            Verbalization.of(m.end("number") + 1, numbers.written(m.group("number")) + " million"));
  }

  /// The direction of a street; without its full stop only before an ordinal.
  private Optional<Verbalization> direction(Cursor text, int at) {
    return DIRECTION
        .at(text, at)
        .filter(
            m -> m.group("ordinal") != null || (m.group("stop") != null && m.group("name") != null))
        .map(m ->
            Verbalization.of(
                m.end() - 1,
                numbers.written(m.group("number")) + " " + DIRECTIONS.get(m.group("direction"))));
  }
}
