package dev.ttsworker.engine.text;

/// Punctuation classes of the sentence segmenter.
final class Punctuation {
  private static final String SPACED_ENDS = ".!?…";
  private static final String UNSPACED_ENDS = "。！？｡।॥؟۔։።။។‼⁇⁈⁉";
  private static final String CLOSERS = "\"'”’»›)]}」』）】》〉*_`¹²³⁴⁵⁶⁷⁸⁹⁰";
  private static final String CLAUSE_ENDS = ",;:–—";
  private static final String UNSPACED_CLAUSE_ENDS = "，、；：،؛";
  private static final String UNSPACED_CLAUSE_BOUNDARIES = "，；：؛";
  private static final String COMMAS = ",，、،";
  private static final String QUOTES = "\"“”„«»";
  private static final String OPENING_BRACKETS = "([{「『（【《〈";
  private static final String CLOSING_BRACKETS = ")]}」』）】》〉";
  private static final String CONTINUES_SENTENCE = ",;:-–—&/(";
  private static final String BULLETS = "•◦▪‣●·";
  private static final String DASHES = "-*+–—#";

  /// Most digits in the number of a list item.
  static final int LONGEST_ITEM_NUMBER = 3;

  private static final int LONGEST_HEADING_MARK = 6;

  private Punctuation() {}

  static boolean isBlank(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || isLineEnd(c);
  }

  static boolean isLineEnd(int c) {
    return c == '\n' || c == 0x85 || c == 0x2028 || c == 0x2029;
  }

  static boolean isPunctuation(int c) {
    return switch (Character.getType(c)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> false;
    };
  }

  static boolean isEnd(int c) {
    return SPACED_ENDS.indexOf(c) >= 0 || isUnspacedEnd(c);
  }

  /// Whether it ends a sentence without a following blank.
  static boolean isUnspacedEnd(int c) {
    return UNSPACED_ENDS.indexOf(c) >= 0;
  }

  /// Whether it belongs to the sentence whose end punctuation it follows.
  static boolean isCloser(int c) {
    return CLOSERS.indexOf(c) >= 0;
  }

  /// Whether a long sentence may be split after it, when a blank follows.
  static boolean isClauseEnd(int c) {
    return CLAUSE_ENDS.indexOf(c) >= 0;
  }

  /// Whether a long sentence may be split right after it.
  static boolean isUnspacedClauseEnd(int c) {
    return UNSPACED_CLAUSE_ENDS.indexOf(c) >= 0;
  }

  static boolean isComma(int c) {
    return COMMAS.indexOf(c) >= 0;
  }

  /// Whether a clause ends right after it; not so list commas.
  static boolean isUnspacedClauseBoundary(int c) {
    return UNSPACED_CLAUSE_BOUNDARIES.indexOf(c) >= 0;
  }

  /// Whether a clause ends after it when it stands between blanks.
  static boolean isSpacedDash(int c) {
    return c == '–' || c == '—';
  }

  /// Whether it begins a Spanish question or exclamation.
  static boolean opensSentence(int c) {
    return c == '¿' || c == '¡';
  }

  static boolean isApostrophe(int c) {
    return c == '\'' || c == '’';
  }

  /// Whether it opens or closes a quotation; which of the two differs between languages.
  static boolean isQuote(int c) {
    return QUOTES.indexOf(c) >= 0;
  }

  static boolean isOpeningBracket(int c) {
    return OPENING_BRACKETS.indexOf(c) >= 0;
  }

  static boolean isClosingBracket(int c) {
    return CLOSING_BRACKETS.indexOf(c) >= 0;
  }

  /// Whether it is a kana or a syllable of Hangul.
  static boolean isSyllable(int c) {
    return (c >= 0x3040 && c <= 0x30FF) || (c >= 0xAC00 && c <= 0xD7A3);
  }

  /// Whether a sentence continues with it rather than starts.
  static boolean continuesSentence(int c) {
    return Character.isLowerCase(c) || CONTINUES_SENTENCE.indexOf(c) >= 0;
  }

  /// Whether a chunk that starts with it, right after end punctuation, starts a sentence.
  static boolean startsSentence(int c) {
    return Character.isLetter(c) && !Character.isLowerCase(c);
  }

  /// Whether the text after a heading can start with it.
  static boolean startsLine(int c) {
    return Character.isUpperCase(c) || Character.isDigit(c) || isQuote(c);
  }

  static boolean isBullet(int c) {
    return BULLETS.indexOf(c) >= 0;
  }

  /// Whether it starts a list item or heading when a blank follows.
  static boolean isDash(int c) {
    return DASHES.indexOf(c) >= 0;
  }

  /// Whether a text starts as a list item or heading does. Reads its first few characters only.
  static boolean startsItem(CharSequence text) {
    int at = 0;
    if (at < text.length() && isBullet(text.charAt(at))) {
      return true;
    }
    if (at < text.length() && isDash(text.charAt(at))) {
      at++;
      while (at < Math.min(text.length(), LONGEST_HEADING_MARK) && text.charAt(at) == '#') {
        at++;
      }
    } else {
      while (at < Math.min(text.length(), LONGEST_ITEM_NUMBER)
          && Character.isDigit(text.charAt(at))) {
        at++;
      }
      if (at == 0 || at == text.length() || !isItemNumberEnd(text.charAt(at))) {
        return false;
      }
      at++;
    }
    return at < text.length() && isBlank(text.charAt(at));
  }

  /// Whether it ends the number of a list item.
  static boolean isItemNumberEnd(int c) {
    return c == '.' || c == ')';
  }

  /// Whether a sign is punctuation around words, rather than a part of one.
  public static boolean isAroundWords(int c) {
    return switch (Character.getType(c)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> false;
    };
  }
}
