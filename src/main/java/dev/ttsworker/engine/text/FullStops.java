package dev.ttsworker.engine.text;

import dev.ttsworker.engine.text.Abbreviations.Place;
import dev.ttsworker.engine.text.FollowingWords.Kind;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/// Full stop disambiguation: classifies a full stop by the words before it as the end of an
/// abbreviation, an initial, a number or a sentence.
final class FullStops {
  static final int LONGEST_WORD = 16;
  private static final int LONGEST_ITEM_MARK = 10;
  private static final int LAST_DAY = 31;
  private static final String ITEM_MARKS = "#*>_-+•";
  private static final String DIRECTION_SIGNS = "°′″'\"’”º";
  private static final Set<String> BEFORE_NAMES = Set.of("by", "from", "of", "to", "with", "for");

  private FullStops() {}

  /// The rule for a full stop right after this text, the segment so far. Reads only the last few
  /// words.
  static BoundaryRule ruleAfter(CharSequence text) {
    if (text.isEmpty()) {
      return BoundaryRule.NO_STOP;
    }
    if (isBlankAt(text, text.length() - 1)) {
      return endsWithStop(text) ? BoundaryRule.NEW_SENTENCE : BoundaryRule.NO_STOP;
    }
    int start = wordStart(text);
    if (text.length() - start > LONGEST_WORD) {
      return BoundaryRule.BLANK;
    }
    String word = text.subSequence(start, text.length()).toString();
    if (word.isEmpty()) {
      return BoundaryRule.BLANK;
    }
    if (Character.isDigit(word.charAt(word.length() - 1))) {
      return afterNumber(text, start, word);
    }
    return listed(text, start, word).orElseGet(() -> letters(text, start, word));
  }

  /// Where the word that ends the text begins; no further back than a longest word.
  static int wordStart(CharSequence text) {
    int start = text.length();
    while (start > 0
        && text.length() - start <= LONGEST_WORD
        && isWordPart(text.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  private static BoundaryRule afterNumber(CharSequence text, int start, String number) {
    if (number.length() <= Punctuation.LONGEST_ITEM_NUMBER && isItemStart(text, start)) {
      return BoundaryRule.NEVER;
    }
    boolean day =
        number.length() <= 2
            && number.chars().allMatch(c -> c >= '0' && c <= '9')
            && Integer.parseInt(number) <= LAST_DAY;
    return day ? BoundaryRule.NO_MONTH : BoundaryRule.BLANK_LATER;
  }

  /// Whether only a heading or list marker stands before it.
  static boolean isItemStart(CharSequence text, int start) {
    if (start > LONGEST_ITEM_MARK) {
      return false;
    }
    for (int i = 0; i < start; i++) {
      if (!Punctuation.isBlank(text.charAt(i)) && ITEM_MARKS.indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  /// The rule of a listed abbreviation at this place.
  private static Optional<BoundaryRule> listed(CharSequence text, int start, String word) {
    int letters = 0;
    while (letters < word.length() && Character.isDigit(word.charAt(letters))) {
      letters++;
    }
    String name = word.substring(letters);
    String before = LastWord.before(text, start);
    boolean counted = letters > 0 || (isNumber(before) && !before.isEmpty());
    if (counted && Abbreviations.has(Place.AFTER_NUMBER, name)) {
      return Optional.of(BoundaryRule.CAPITAL);
    }
    if (letters > 0) {
      return Optional.of(name)
          .filter(half -> Abbreviations.has(Place.TIME, half))
          .map(_ -> time(text, start, true));
    }
    return uncounted(text, start, word, before);
  }

  private static Optional<BoundaryRule> uncounted(
      CharSequence text, int start, String word, String before) {
    if (isIn(word, Place.NEVER_LAST, Place.OTHER_LANGUAGES)) {
      return Optional.of(BoundaryRule.NEVER);
    }
    if (isIn(word, Place.TIME)) {
      return Optional.of(time(text, start, isNumber(before)));
    }
    boolean named = isName(before);
    if (named && isIn(word, Place.AFTER_PERSON)) {
      return Optional.of(BoundaryRule.NO_NAMESAKE);
    }
    if (named && isIn(word, Place.AFTER_STREET)) {
      boolean numbered = isNumber(before) || isNumber(LastWord.before(text, start, 2));
      boolean title = isIn(word, Place.BEFORE_NAME);
      return Optional.of(numbered || title ? BoundaryRule.STARTER : BoundaryRule.CAPITAL);
    }
    if (isIn(word, Place.BEFORE_NUMBER)) {
      return Optional.of(beforeNumber(word));
    }
    if (isIn(word, Place.AFTER_COMPANY)) {
      return Optional.of(BoundaryRule.NO_OFFICE);
    }
    if (isIn(word, Place.BEFORE_NAME)) {
      return Optional.of(isIn(word, Place.MAY_BE_LAST) ? BoundaryRule.STARTER : BoundaryRule.NEVER);
    }
    return isIn(
            word, Place.MAY_BE_LAST, Place.MONTH, Place.DAY, Place.AFTER_PERSON, Place.AFTER_STREET)
        ? Optional.of(BoundaryRule.CAPITAL)
        : Optional.empty();
  }

  private static boolean isIn(String word, Place... places) {
    return Arrays.stream(places).anyMatch(place -> Abbreviations.has(place, word));
  }

  private static BoundaryRule beforeNumber(String word) {
    if (isIn(word, Place.BEFORE_NAME)) {
      return BoundaryRule.NEVER;
    }
    if (word.equals("P")) {
      return BoundaryRule.INITIAL;
    }
    boolean small = !Character.isUpperCase(word.charAt(0)) || word.equalsIgnoreCase("no");
    return small && isIn(word, Place.ALSO_WORD) && !isIn(word, Place.MAY_BE_LAST)
        ? BoundaryRule.NO_NUMBER
        : BoundaryRule.STARTER_NO_NUMBER;
  }

  /// After "a.m."; after an article it precedes a noun, as in "the 9 a.m. call".
  private static BoundaryRule time(CharSequence text, int start, boolean counted) {
    if (!counted) {
      return BoundaryRule.CAPITAL;
    }
    boolean attached = Character.isDigit(text.charAt(start));
    String article = LastWord.before(text, start, attached ? 1 : 2);
    return FollowingWords.is(article, Kind.ARTICLE) ? BoundaryRule.STARTER : BoundaryRule.NO_TIME;
  }

  private static boolean isNumber(String word) {
    return !word.isEmpty() && Character.isDigit(word.charAt(0));
  }

  private static boolean isName(String word) {
    return isNumber(word)
        || (word.length() > 1
            && Character.isUpperCase(word.charAt(0))
            && !FollowingWords.is(word, Kind.STARTS)
            && !FollowingWords.is(word, Kind.OFTEN_STARTS)
            && !FollowingWords.is(word, Kind.COMMAND));
  }

  private static BoundaryRule letters(CharSequence text, int start, String word) {
    if (isDirection(text, start) || (word.equals("I") && isPronoun(text, start))) {
      return BoundaryRule.BLANK;
    }
    if (word.length() == 1) {
      if (Character.isUpperCase(word.charAt(0))) {
        return BoundaryRule.INITIAL;
      }
      return start == 0 ? BoundaryRule.NEVER : BoundaryRule.BLANK_LATER;
    }
    if (!isDotted(word)) {
      return BoundaryRule.BLANK;
    }
    return Character.isUpperCase(word.charAt(0)) ? BoundaryRule.STARTER : BoundaryRule.CAPITAL;
  }

  /// Whether degrees come before the letter, as in "74.00° W".
  private static boolean isDirection(CharSequence text, int start) {
    int at = start - 1;
    if (isBlankAt(text, at)) {
      at--;
    }
    return text.length() == start + 1
        && at > 0
        && DIRECTION_SIGNS.indexOf(text.charAt(at)) >= 0
        && "NSEW".indexOf(text.charAt(start)) >= 0;
  }

  /// Whether "I" there is the pronoun and not an initial: the word before it is in small letters
  /// and does not introduce names.
  private static boolean isPronoun(CharSequence text, int at) {
    String before = LastWord.before(text, at);
    return !before.isEmpty()
        && Character.isLowerCase(before.charAt(0))
        && !BEFORE_NAMES.contains(before);
  }

  /// Whether single letters alternate with full stops, as in "U.S".
  static boolean isDotted(String word) {
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (i % 2 == 0 ? !Character.isLetter(c) : c != '.') {
        return false;
      }
    }
    return word.length() % 2 == 1;
  }

  /// Whether the text ends with a full stop and blanks, as in ". . ".
  private static boolean endsWithStop(CharSequence text) {
    int end = text.length() - 1;
    while (end > 0 && text.length() - end < LONGEST_ITEM_MARK && isBlankAt(text, end)) {
      end--;
    }
    return end >= 0 && text.charAt(end) == '.';
  }

  static boolean isBlankAt(CharSequence text, int at) {
    return at >= 0 && Punctuation.isBlank(text.charAt(at));
  }

  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '.' || Character.isSurrogate(c);
  }
}
