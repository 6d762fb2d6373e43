package dev.ttsworker.engine.text.normalization;

import dev.ttsworker.engine.text.Abbreviations;
import dev.ttsworker.engine.text.Abbreviations.Place;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;

/// Text normalization of abbreviations, disambiguated by context: `Dr. Smith`, `Oak Dr.`, `No. 5`,
/// `e.g.`, `etc.`
final class AbbreviationRule implements Rule {
  private static final BoundedPattern WORD =
      BoundedPattern.of(
          "(?<word>\\p{L}{1,10}+(?:\\.\\p{L}{1,4}+){0,4}+)(?<stop>\\.)?+(?![\\p{L}\\p{N}_])");

  /// Without a blank before the next word: `Mr.Smith`, `e.g.this`.
  private static final BoundedPattern GLUED =
      BoundedPattern.of(
          "(?<word>\\p{L}{1,6}+(?:\\.\\p{L}(?!\\p{L})){0,3}+)(?<stop>\\.)(?=\\p{L}{2})");

  private static final Set<String> DIRECTIONS =
      Set.of("N", "S", "E", "W", "NE", "NW", "SE", "SW", "North", "South", "East", "West");

  private final Letters letters;
  private final Set<String> noNames = Tables.read("roman.txt").words("no names");

  AbbreviationRule(English english) {
    letters = english.letters();
  }

  /// Abbreviation found in a text.
  ///
  /// @param end index just past it and its full stop
  /// @param last whether it is the last word
  private record Found(Cursor text, String word, boolean stop, int start, int end, boolean last) {
    Optional<Verbalization> said(Place place) {
      return Abbreviations.expansion(place, word)
          .map(words -> Verbalization.of(end, stop && last ? words + "." : words));
    }

    /// The same, always without the full stop.
    Optional<Verbalization> continuing(Place place) {
      return Abbreviations.expansion(place, word).map(words -> Verbalization.of(end, words));
    }

    boolean is(Place place) {
      return Abbreviations.has(place, word);
    }

    char next() {
      return text.peek(text.afterBlanks(end));
    }

    boolean isSmall() {
      return Character.isLowerCase(word.charAt(0));
    }
  }

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    if (!text.isWordStart(at) || !Character.isLetter(text.peek(at))) {
      return Optional.empty();
    }
    return WORD.at(text, at)
        .flatMap(m -> reading(found(text, m)))
        .or(() -> GLUED.at(text, at).flatMap(m -> reading(found(text, m))));
  }

  private static Found found(Cursor text, MatchResult match) {
    boolean stop = match.group("stop") != null;
    int end = match.end();
    return new Found(text, match.group("word"), stop, match.start(), end, text.isLastWordEnd(end));
  }

  private Optional<Verbalization> reading(Found found) {
    if (letters.isListed(found.word())
        || (!found.stop() && !(found.is(Place.WITHOUT_STOP) && isPlain(found)))) {
      return Optional.empty();
    }
    if (found.is(Place.BEFORE_NUMBER) && isNumbered(found)) {
      return found.continuing(Place.BEFORE_NUMBER);
    }
    Place street = found.is(Place.AFTER_STREET) ? Place.AFTER_STREET : Place.AFTER_PERSON;
    if (found.is(street) && isAfterName(found)) {
      return found.said(street);
    }
    if (found.is(Place.BEFORE_NAME) && isBeforeName(found)) {
      return found.continuing(Place.BEFORE_NAME);
    }
    if (found.is(Place.ALSO_WORD) && (found.last() || !found.stop())) {
      return found.is(Place.NEVER_LAST) ? found.said(Place.NEVER_LAST) : Optional.empty();
    }
    return found
        .said(Place.NEVER_LAST)
        .or(() -> found.said(Place.MAY_BE_LAST))
        .or(() -> found.said(Place.TIME))
        .or(() -> found.said(Place.MONTH))
        .or(() -> found.said(Place.DAY))
        .or(() -> found.said(Place.AFTER_COMPANY))
        .or(() -> found.said(Place.AFTER_PERSON))
        .or(() -> fallback(found, Place.BEFORE_NAME))
        .or(() -> fallback(found, Place.AFTER_STREET));
  }

  private static Optional<Verbalization> fallback(Found found, Place place) {
    return found.is(Place.ALSO_WORD) || !found.stop() ? Optional.empty() : found.said(place);
  }

  /// Whether two capitals without a full stop are not an acronym: the words around them are in
  /// capitals too.
  private static boolean isPlain(Found found) {
    String word = found.word();
    return word.length() != 2
        || !word.equals(word.toUpperCase(Locale.ROOT))
        || isShouted(found.text().wordBefore(found.start()))
        || isShouted(found.text().wordAfter(found.end()));
  }

  private static boolean isShouted(String word) {
    return word.length() > 1 && word.chars().allMatch(Character::isUpperCase);
  }

  /// Whether a number, a Roman numeral or a letter follows.
  private static boolean isNumbered(Found found) {
    char next = found.next();
    if (Character.isDigit(next) || found.word().length() == 1) {
      return Character.isDigit(next);
    }
    if (next != 0 && "#£$€".indexOf(next) >= 0) {
      return true;
    }
    String word = found.text().wordAfter(found.end());
    boolean article = word.equals("A") || word.equals("I");
    boolean letter = word.length() == 1 && Character.isUpperCase(next);
    boolean small = found.is(Place.ALSO_WORD) && (found.isSmall() || found.word().length() == 2);
    return found.stop()
        && !(article && small)
        && (letter || (!word.isEmpty() && RomanRule.isNumeral(word)));
  }

  /// Whether it follows a name and no name follows, or the name has a number: `5 Main St. Boston`.
  private boolean isAfterName(Found found) {
    Cursor text = found.text();
    String before = text.wordBefore(found.start());
    boolean number = !before.isEmpty() && Character.isDigit(before.charAt(0));
    boolean name =
        before.length() > 1
            && !noNames.contains(before.toLowerCase(Locale.ROOT))
            && (number || found.isSmall() || Character.isUpperCase(before.charAt(0)));
    boolean title = found.is(Place.BEFORE_NAME) || found.is(Place.ALSO_WORD);
    char next = found.next();
    boolean capital = !number && Character.isUpperCase(before.isEmpty() ? 0 : before.charAt(0));
    boolean small = found.isSmall() && !capital;
    boolean named = Character.isUpperCase(next) || (small && Character.isLetter(next));
    String after = text.wordAfter(found.end());
    if (!name || !title || !named || DIRECTIONS.contains(after) || isShouted(after)) {
      return name;
    }
    String second = text.secondWordBefore(found.start());
    if (found.is(Place.AFTER_PERSON)) {
      return !second.isEmpty();
    }
    return number || (!second.isEmpty() && Character.isDigit(second.charAt(0)));
  }

  private static boolean isBeforeName(Found found) {
    char next = found.next();
    return Character.isUpperCase(next) || (found.isSmall() && Character.isLetter(next));
  }
}
