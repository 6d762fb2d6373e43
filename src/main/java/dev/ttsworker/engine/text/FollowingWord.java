package dev.ttsworker.engine.text;

import dev.ttsworker.engine.text.BoundaryCandidate.Verdict;
import dev.ttsworker.engine.text.FollowingWords.Kind;

/// Right context of end punctuation: the word that follows it, and whether it starts a sentence.
/// Not thread-safe.
final class FollowingWord {
  private static final int LONGEST = 16;
  private static final int SURE = 3;
  private static final int FIRST_PICTOGRAPH = 0x2600;
  private static final String AFTER_NAMES = ",;:!?-–—'’\"”)…";

  private final FullStopRules stops;
  private final StringBuilder word = new StringBuilder();
  private LastWord before = LastWord.NAME;
  private int mark;

  /// @param stops of the language
  FollowingWord(FullStopRules stops) {
    this.stops = stops;
  }

  /// Starts at other end punctuation.
  ///
  /// @param lastWord the word before it
  void setContext(LastWord lastWord, int newMark) {
    before = lastWord;
    mark = newMark;
    word.setLength(0);
  }

  void clear() {
    word.setLength(0);
  }

  boolean isEmpty() {
    return word.isEmpty();
  }

  /// Whether a word that begins with the character can decide where no blank comes before it.
  boolean mayStart(int c) {
    return Character.isUpperCase(c) || (Character.isLowerCase(c) && before != LastWord.NAME);
  }

  /// Whether a sign right after the punctuation starts a sentence: an emoji, or a quotation.
  boolean isEndBefore(int c) {
    boolean opens = "“«„<".indexOf(c) >= 0;
    boolean emoji =
        Character.isEmojiPresentation(c) || (c >= FIRST_PICTOGRAPH && Character.isEmoji(c));
    boolean digit = mark != '.' && Character.isDigit(c) && before != LastWord.NUMBER;
    return before != LastWord.NAME && (opens || emoji || digit);
  }

  /// Appends the next character if it belongs to the word.
  ///
  /// @return whether it does
  boolean append(int c) {
    boolean apostrophe = Punctuation.isApostrophe(c) && !word.isEmpty();
    if (word.length() >= LONGEST || !(Character.isLetter(c) || apostrophe)) {
      return false;
    }
    word.appendCodePoint(c);
    return true;
  }

  /// The verdict before the word is complete, after a blank.
  Verdict verdictSoFar(BoundaryRule rule) {
    boolean small = !Character.isUpperCase(word.charAt(0));
    return switch (rule) {
      case CAPITAL -> small ? Verdict.NO_BOUNDARY : Verdict.BOUNDARY;
      case NO_NUMBER -> small ? Verdict.BOUNDARY : Verdict.UNDECIDED;
      case NO_MONTH ->
          FollowingWords.begins(word.toString(), Kind.MONTH) ? Verdict.UNDECIDED : Verdict.BOUNDARY;
      default -> small ? Verdict.NO_BOUNDARY : Verdict.UNDECIDED;
    };
  }

  /// Whether the segment ends at the punctuation, once the word is complete; after a blank.
  ///
  /// @param next the character after the word, 0 at the end of the text
  boolean ends(BoundaryRule rule, int next) {
    String name = name();
    boolean starts = starts(name, next);
    boolean acronym = name.length() > 1 && name.chars().allMatch(Character::isUpperCase);
    return switch (rule) {
      case NO_TIME -> !is(Kind.AFTER_TIME);
      case NO_OFFICE -> starts || !(acronym || is(Kind.AFTER_COMPANY));
      case NO_NAMESAKE -> starts || !(acronym || is(Kind.AFTER_PERSON));
      case NO_NUMBER -> name.equals("I") || name.equals("A") || !isNumeral(name);
      case STARTER_NO_NUMBER -> starts && !isNumeral(name);
      case STARTER -> starts;
      case SHORT_LINE -> is(Kind.STARTS);
      case INITIAL -> is(Kind.STARTS) && !isLetter(name, next);
      case NO_MONTH -> !is(Kind.MONTH);
      case NO_ORDINAL -> !stops.followsOrdinal(name);
      case ORDINAL -> starts && !stops.followsOrdinal(name);
      case LETTER -> stops.startsNoName(name) && !isLetter(name, next);
      default -> true;
    };
  }

  private boolean is(Kind kind) {
    return FollowingWords.is(word.toString(), kind);
  }

  /// The word without a closing quote.
  private String name() {
    int end = word.length();
    while (end > 0 && Punctuation.isApostrophe(word.charAt(end - 1))) {
      end--;
    }
    return word.substring(0, end);
  }

  private boolean starts(String name, int next) {
    return stops.startsSentence(name) && !isLetter(name, next);
  }

  /// Whether it is a single letter and not "A" or "I" before a word.
  private static boolean isLetter(String name, int next) {
    return name.length() == 1 && next != 0 && !Punctuation.isBlank(next);
  }

  private static boolean isNumeral(String name) {
    return name.length() == 1 || name.chars().allMatch(c -> "IVXLC".indexOf(c) >= 0);
  }

  /// Whether the segment ends at the punctuation, once the word is complete; without a blank
  /// between them.
  ///
  /// @param next the character after the word, 0 at the end of the text
  boolean endsWithoutBlank(BoundaryRule rule, int next) {
    boolean listed = rule != BoundaryRule.BLANK && rule != BoundaryRule.BLANK_LATER;
    boolean known = is(Kind.STARTS) || is(Kind.OFTEN_STARTS) || is(Kind.COMMAND);
    boolean blank = next == 0 || Punctuation.isBlank(next);
    if (rule == BoundaryRule.INITIAL) {
      return is(Kind.STARTS) && word.length() > 1 && blank && isTitle();
    }
    if (Character.isLowerCase(word.charAt(0))) {
      boolean sure = mark != '.' || (before == LastWord.WORD && word.length() >= SURE);
      return sure && blank && next != 0 && known && before != LastWord.NAME;
    }
    boolean open = blank || AFTER_NAMES.indexOf(next) >= 0;
    if (next == '.') {
      open = before != LastWord.CAPITAL || mark != '.';
    } else if (next == 0) {
      open = mark != '.' || before == LastWord.WORD || before == LastWord.NUMBER;
    }
    if (known && open && (isTitle() || isCapitals())) {
      return word.length() > 1 || blank;
    }
    return !listed && open && isTitle() && word.length() > 1 && endsBeforeName();
  }

  private boolean endsBeforeName() {
    if (is(Kind.NAME_BEHIND)) {
      return false;
    }
    return switch (before) {
      case WORD, NUMBER, SENTENCE -> true;
      case CAPITAL -> mark != '.';
      case NAME -> false;
    };
  }

  private boolean isTitle() {
    return Character.isUpperCase(word.charAt(0))
        && word.chars().skip(1).noneMatch(Character::isUpperCase);
  }

  private boolean isCapitals() {
    return before == LastWord.CAPITAL && word.chars().noneMatch(Character::isLowerCase);
  }
}
