package dev.ttsworker.engine.text.normalization;

import java.util.Optional;

/// Cursor over a cleaned text: character access and word context for the rules. Not thread-safe.
public final class Cursor implements CharSequence {
  private static final int LONGEST_WORD = 30;
  private static final int MOST_BLANKS = 3;

  private final CleanText clean;
  private final CharSequence text;
  private Optional<Boolean> inCapitals = Optional.empty();

  Cursor(String text) {
    this(CleanText.of(text));
  }

  /// Cursor over a text of any language: the blanks between thousands stay.
  public static Cursor ofAnyLanguage(String text) {
    return new Cursor(CleanText.ofCharacters(text));
  }

  private Cursor(CleanText clean) {
    this(clean, clean.text());
  }

  /// @param text the chars of `clean`
  Cursor(CleanText clean, CharSequence text) {
    this.clean = clean;
    this.text = text;
  }

  /// The same text as if it ended there.
  Cursor upTo(int limit) {
    return new Cursor(clean, text.subSequence(0, limit).toString());
  }

  /// The cleaned text with its source offsets.
  CleanText clean() {
    return clean;
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.subSequence(start, end);
  }

  @Override
  public String toString() {
    return text.toString();
  }

  /// The character at an index; NUL outside the text.
  public char peek(int index) {
    return index >= 0 && index < text.length() ? charAt(index) : 0;
  }

  public int codePointAt(int index) {
    return Character.codePointAt(text, index);
  }

  /// Whether a word may begin there: no letter, digit or underscore stands before it.
  public boolean isWordStart(int at) {
    return !isWordPart(peek(at - 1));
  }

  /// Whether a word may end there.
  public boolean isWordEnd(int at) {
    return !isWordPart(peek(at));
  }

  /// The word that ends before `at`, blanks skipped; empty when there is none.
  public String wordBefore(int at) {
    int end = beforeBlanks(at);
    int start = wordStart(end);
    return text.subSequence(start, end).toString();
  }

  /// Start of the word that ends before `at`.
  public int beforeWord(int at) {
    return wordStart(beforeBlanks(at));
  }

  /// The word before the one before `at`.
  public String secondWordBefore(int at) {
    int end = beforeBlanks(at);
    return wordBefore(wordStart(end));
  }

  /// The word that begins at or after `at`, blanks skipped; empty when there is none.
  public String wordAfter(int at) {
    int start = at;
    while (start - at < MOST_BLANKS && isBlank(peek(start))) {
      start++;
    }
    int end = start;
    while (end - start < LONGEST_WORD && (isWordPart(peek(end)) || isInnerMark(end))) {
      end++;
    }
    return text.subSequence(Math.min(start, text.length()), Math.min(end, text.length()))
        .toString();
  }

  /// Index just past the blanks at `at`, at most a few.
  public int afterBlanks(int at) {
    int end = at;
    while (end - at < MOST_BLANKS && isBlank(peek(end))) {
      end++;
    }
    return end;
  }

  private int beforeBlanks(int at) {
    int end = at;
    while (at - end < MOST_BLANKS && isBlank(peek(end - 1))) {
      end--;
    }
    return end;
  }

  private int wordStart(int end) {
    int start = end;
    while (end - start < LONGEST_WORD && (isWordPart(peek(start - 1)) || isInnerMark(start - 1))) {
      start--;
    }
    return start;
  }

  /// An apostrophe or hyphen between letters.
  private boolean isInnerMark(int at) {
    char c = peek(at);
    return (c == '\'' || c == '’' || c == '-')
        && isWordPart(peek(at - 1))
        && isWordPart(peek(at + 1));
  }

  /// Whether the text is in capitals and has no digits.
  boolean isInCapitals() {
    if (inCapitals.isEmpty()) {
      inCapitals =
          Optional.of(
              text.chars().noneMatch(c -> Character.isLowerCase(c) || Character.isDigit(c)));
    }
    return inCapitals.get();
  }

  /// Whether the text ends with a sign, ignoring blanks and quotes after it.
  boolean endsWith(char sign) {
    int end = text.length();
    while (end > 0 && text.length() - end < 8 && isAfterEnd(peek(end - 1))) {
      end--;
    }
    return peek(end - 1) == sign;
  }

  private static boolean isAfterEnd(char c) {
    return isBlank(c) || "\"'”’»)]*_`!".indexOf(c) >= 0;
  }

  /// Whether only blanks precede it in its line.
  boolean isLineStart(int at) {
    int start = beforeBlanks(at);
    return start == 0 || peek(start - 1) == '\n' || (at > start && hasLineEnd(start, at));
  }

  private boolean hasLineEnd(int start, int end) {
    for (int i = start; i < end; i++) {
      if (peek(i) == '\n') {
        return true;
      }
    }
    return false;
  }

  /// Whether no word follows, only closing quotes, brackets and blanks.
  public boolean isLastWordEnd(int at) {
    for (int i = at; i < at + 8; i++) {
      char c = peek(i);
      if (c == 0) {
        return true;
      }
      if (!isBlank(c) && "\"'”’»)]*_`".indexOf(c) < 0) {
        return false;
      }
    }
    return false;
  }

  public static boolean isBlank(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  public static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || Character.isSurrogate(c) || isMark(c);
  }

  private static boolean isMark(char c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }
}
