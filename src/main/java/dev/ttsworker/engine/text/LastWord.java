package dev.ttsworker.engine.text;

import dev.ttsworker.engine.text.FollowingWords.Kind;

/// Left context of end punctuation: the kind of the last word, which decides whether a sentence may
/// end there without a blank. Reads a few characters only.
enum LastWord {
  /// A word in small letters.
  WORD,
  /// A word that begins with a capital, at the start of the text or alone.
  CAPITAL,
  /// The same, for a word that may be a sentence by itself: "Sure".
  SENTENCE,
  /// A number, or the end of a quotation or aside.
  NUMBER,
  /// A part of a name such as "System.out", or a single letter.
  NAME;

  private static final int LONGEST = 30;
  private static final String OPENERS = "\"'“‘«„([{*_¿¡—–";
  private static final String CLOSERS = "\"'”’»)]}*_%°$£€¢";

  /// The kind of the word that ends the text.
  static LastWord of(CharSequence text) {
    int end = text.length();
    if (end == 0 || Punctuation.isBlank(text.charAt(end - 1))) {
      return NAME;
    }
    char last = text.charAt(end - 1);
    int start = end;
    while (start > 0
        && end - start < LONGEST
        && !Punctuation.isBlank(text.charAt(start - 1))
        && OPENERS.indexOf(text.charAt(start - 1)) < 0) {
      start--;
    }
    if (CLOSERS.indexOf(last) >= 0) {
      return NUMBER;
    }
    String word = text.subSequence(start, end).toString();
    if (Character.isDigit(last)) {
      return isNumber(word) ? NUMBER : NAME;
    }
    if (word.length() < 2 || !isPlain(word)) {
      return NAME;
    }
    if (Character.isLowerCase(word.charAt(0))) {
      return FollowingWords.is(word, Kind.NAME_BEFORE) ? NAME : WORD;
    }
    return FollowingWords.is(word, Kind.IS_SENTENCE) ? SENTENCE : CAPITAL;
  }

  private static boolean isPlain(String word) {
    return word.chars()
        .allMatch(c -> Character.isLetter(c) || Punctuation.isApostrophe(c) || c == '-');
  }

  private static boolean isNumber(String word) {
    return word.chars().allMatch(c -> Character.isDigit(c) || "$£€¥,.:-+~<>#".indexOf(c) >= 0);
  }

  /// The word that ends before `at`, one blank between them skipped; empty when there is none.
  static String before(CharSequence text, int at) {
    return before(text, at, 1);
  }

  /// The word that is the `count`-th before `at`; empty when there is none.
  static String before(CharSequence text, int at, int count) {
    int end = at;
    for (int i = 1; ; i++) {
      int stop = end;
      while (stop > 0 && end - stop < 2 && Punctuation.isBlank(text.charAt(stop - 1))) {
        stop--;
      }
      int start = stop;
      while (start > 0 && stop - start < LONGEST && isPart(text.charAt(start - 1))) {
        start--;
      }
      if (i == count) {
        return text.subSequence(start, stop).toString();
      }
      end = start;
    }
  }

  private static boolean isPart(char c) {
    return Character.isLetterOrDigit(c) || c == ':' || c == '\'' || c == '’' || c == '.';
  }
}
