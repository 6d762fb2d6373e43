package dev.ttsworker.engine.text;

import dev.ttsworker.engine.text.FollowingWords.Kind;
import dev.ttsworker.engine.text.PendingEnd.Verdict;

/// The word that follows an end mark, and what it says about it. Not thread-safe.
final class FollowingWord {
  private static final int LONGEST = 16;
  private static final int SURE = 3;
  private static final int FIRST_PICTOGRAPH = 0x2600;
  private static final String AFTER_NAMES = ",;:!?-–—'’\"”)…";

  private final StringBuilder word = new StringBuilder();
  private LastWord before = LastWord.NAME;
  private int mark;

  /// Another mark is followed.
  ///
  /// @param lastWord the word before the mark
  void follow(LastWord lastWord, int newMark) {
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

  /// Whether a word of which the character is the first can decide where no blank comes before it.
  boolean mayStart(int c) {
    return Character.isUpperCase(c) || (Character.isLowerCase(c) && before != LastWord.NAME);
  }

  /// Whether a sign right behind the mark starts a sentence: an emoji, or a quotation.
  boolean isEndBefore(int c) {
    boolean opens = "“«„<".indexOf(c) >= 0;
    boolean emoji =
        Character.isEmojiPresentation(c) || (c >= FIRST_PICTOGRAPH && Character.isEmoji(c));
    boolean digit = mark != '.' && Character.isDigit(c) && before != LastWord.NUMBER;
    return before != LastWord.NAME && (opens || emoji || digit);
  }

  /// Takes the next character where it belongs to the word.
  ///
  /// @return whether it does
  boolean take(int c) {
    boolean apostrophe = Punctuation.isApostrophe(c) && !word.isEmpty();
    if (word.length() >= LONGEST || !(Character.isLetter(c) || apostrophe)) {
      return false;
    }
    word.appendCodePoint(c);
    return true;
  }

  /// What is certain before the word is complete, after a blank.
  Verdict begun(EndRule rule) {
    boolean small = !Character.isUpperCase(word.charAt(0));
    return switch (rule) {
      case CAPITAL -> small ? Verdict.GOES_ON : Verdict.ENDS;
      case NO_NUMBER -> small ? Verdict.ENDS : Verdict.OPEN;
      case NO_MONTH ->
          FollowingWords.begins(word.toString(), Kind.MONTH) ? Verdict.OPEN : Verdict.ENDS;
      default -> small ? Verdict.GOES_ON : Verdict.OPEN;
    };
  }

  /// Whether the segment ends at the mark, now that the word is complete; after a blank.
  ///
  /// @param next the character behind the word, 0 at the end of the text
  boolean ends(EndRule rule, int next) {
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
      default -> true;
    };
  }

  private boolean is(Kind kind) {
    return FollowingWords.is(word.toString(), kind);
  }

  /// The word without the quote that closes after it.
  private String name() {
    int end = word.length();
    while (end > 0 && Punctuation.isApostrophe(word.charAt(end - 1))) {
      end--;
    }
    return word.substring(0, end);
  }

  private boolean starts(String name, int next) {
    return (is(Kind.STARTS) || is(Kind.OFTEN_STARTS)) && !isLetter(name, next);
  }

  /// Whether it is a single letter and not "A" or "I" before a word.
  private static boolean isLetter(String name, int next) {
    return name.length() == 1 && next != 0 && !Punctuation.isBlank(next);
  }

  private static boolean isNumeral(String name) {
    return name.length() == 1 || name.chars().allMatch(c -> "IVXLC".indexOf(c) >= 0);
  }

  /// Whether the segment ends at the mark, now that the word is complete, which comes right behind
  /// it.
  ///
  /// @param next the character behind the word, 0 at the end of the text
  boolean endsWithoutBlank(EndRule rule, int next) {
    boolean listed = rule != EndRule.BLANK && rule != EndRule.BLANK_LATER;
    boolean known = is(Kind.STARTS) || is(Kind.OFTEN_STARTS) || is(Kind.COMMAND);
    boolean blank = next == 0 || Punctuation.isBlank(next);
    if (rule == EndRule.INITIAL) {
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
