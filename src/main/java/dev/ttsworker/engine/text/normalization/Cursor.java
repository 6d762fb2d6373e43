package dev.ttsworker.engine.text.normalization;

import java.util.Optional;

/// A text that is being read. Counts how often its characters are looked at. Not thread-safe.
final class Cursor implements CharSequence {
  private static final int LONGEST_WORD = 30;
  private static final int MOST_BLANKS = 3;

  private final CleanText clean;
  private final String text;
  private long looks;
  private Optional<Boolean> inCapitals = Optional.empty();

  Cursor(String text) {
    this.clean = CleanText.of(text);
    this.text = clean.text();
    this.looks = text.length();
  }

  /// The text as it was written.
  CleanText clean() {
    return clean;
  }

  /// Characters looked at, those looked at again included.
  long looks() {
    return looks;
  }

  /// Counts what was looked at in another text for this one.
  void count(long more) {
    looks += more;
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    looks++;
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    looks += end - start;
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }

  /// The character at an index, NUL outside the text.
  char look(int index) {
    return index >= 0 && index < text.length() ? charAt(index) : 0;
  }

  int codePointAt(int index) {
    looks++;
    return text.codePointAt(index);
  }

  /// Whether a word may begin there: no letter, digit or underscore stands before it.
  boolean isWordStart(int at) {
    return !isWordPart(look(at - 1));
  }

  /// Whether a word may end there.
  boolean isWordEnd(int at) {
    return !isWordPart(look(at));
  }

  /// The word that ends before `at`, blanks between them skipped; empty when there is none.
  String wordBefore(int at) {
    int end = beforeBlanks(at);
    int start = wordStart(end);
    return text.substring(start, end);
  }

  /// Where the word begins that ends before `at`.
  int beforeWord(int at) {
    return wordStart(beforeBlanks(at));
  }

  /// The word before the one before `at`.
  String secondWordBefore(int at) {
    int end = beforeBlanks(at);
    return wordBefore(wordStart(end));
  }

  /// The word that begins at or after `at`, blanks before it skipped; empty when there is none.
  String wordAfter(int at) {
    int start = at;
    while (start - at < MOST_BLANKS && isBlank(look(start))) {
      start++;
    }
    int end = start;
    while (end - start < LONGEST_WORD && (isWordPart(look(end)) || isInnerMark(end))) {
      end++;
    }
    return text.substring(Math.min(start, text.length()), Math.min(end, text.length()));
  }

  /// Index just past the blanks at `at`, a few of them at most.
  int afterBlanks(int at) {
    int end = at;
    while (end - at < MOST_BLANKS && isBlank(look(end))) {
      end++;
    }
    return end;
  }

  private int beforeBlanks(int at) {
    int end = at;
    while (at - end < MOST_BLANKS && isBlank(look(end - 1))) {
      end--;
    }
    return end;
  }

  private int wordStart(int end) {
    int start = end;
    while (end - start < LONGEST_WORD && (isWordPart(look(start - 1)) || isInnerMark(start - 1))) {
      start--;
    }
    return start;
  }

  /// An apostrophe or hyphen between letters.
  private boolean isInnerMark(int at) {
    char c = look(at);
    return (c == '\'' || c == '’' || c == '-')
        && isWordPart(look(at - 1))
        && isWordPart(look(at + 1));
  }

  /// Whether all of the text is written in capitals, and without figures.
  boolean isInCapitals() {
    if (inCapitals.isEmpty()) {
      looks += text.length();
      inCapitals =
          Optional.of(
              text.chars().noneMatch(c -> Character.isLowerCase(c) || Character.isDigit(c)));
    }
    return inCapitals.get();
  }

  /// Whether the text ends with a sign, blanks and quotes behind it left aside.
  boolean endsWith(char sign) {
    int end = text.length();
    while (end > 0 && text.length() - end < 8 && isAfterEnd(look(end - 1))) {
      end--;
    }
    return look(end - 1) == sign;
  }

  private static boolean isAfterEnd(char c) {
    return isBlank(c) || "\"'”’»)]*_`!".indexOf(c) >= 0;
  }

  /// Whether nothing but blanks stands before it in its line.
  boolean isLineStart(int at) {
    int start = beforeBlanks(at);
    return start == 0 || look(start - 1) == '\n' || (at > start && hasLineEnd(start, at));
  }

  private boolean hasLineEnd(int start, int end) {
    for (int i = start; i < end; i++) {
      if (look(i) == '\n') {
        return true;
      }
    }
    return false;
  }

  /// Whether no word follows: closing quotes, brackets and blanks at most.
  boolean isLastWordEnd(int at) {
    for (int i = at; i < at + 8; i++) {
      char c = look(i);
      if (c == 0) {
        return true;
      }
      if (!isBlank(c) && "\"'”’»)]*_`".indexOf(c) < 0) {
        return false;
      }
    }
    return false;
  }

  static boolean isBlank(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || Character.isSurrogate(c) || isMark(c);
  }

  private static boolean isMark(char c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }
}
