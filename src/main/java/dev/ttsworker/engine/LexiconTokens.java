package dev.ttsworker.engine;

import java.util.Optional;

/// Tokenization of lexicon keys, and of texts that are searched for them.
public final class LexiconTokens {
  /// Signs that a key may have beside letters, figures, inner hyphens and blanks.
  private static final String SIGNS = "&+.!'";

  private LexiconTokens() {}

  /// Whether a word ends in 's.
  public static boolean isPossessive(String word) {
    int mark = word.length() - 2;
    return mark > 0 && isApostrophe(word.charAt(mark)) && word.charAt(mark + 1) == 's';
  }

  /// A key as it is looked for: one blank between words, the apostrophe of typewriters. Empty when
  /// the text is no word or short run of words as lexicons have them.
  public static Optional<String> key(String text) {
    StringBuilder key = new StringBuilder();
    boolean letters = false;
    for (int at = 0; at < text.length(); ) {
      int end = tokenEnd(text, at, text.length());
      if (end == at) {
        return Optional.empty();
      }
      String token = text.substring(at, end);
      letters |= isLetter(token.codePointAt(0));
      key.append(token.isBlank() ? " " : plain(token));
      at = end;
    }
    return letters ? Optional.of(key.toString()) : Optional.empty();
  }

  /// The same with the apostrophe of typewriters.
  public static String plain(String text) {
    return text.replace('’', '\'');
  }

  /// Index just past the token at a place: a word, blanks, or one of the signs that keys may have;
  /// `from` for anything else.
  public static int tokenEnd(String text, int from, int to) {
    int end = wordEnd(text, from, to);
    if (end > from || from == to) {
      return end;
    }
    while (end < to && (text.charAt(end) == ' ' || text.charAt(end) == '\n')) {
      end++;
    }
    char c = text.charAt(from);
    return end > from ? end : SIGNS.indexOf(c) >= 0 || c == '’' ? from + 1 : from;
  }

  /// Index just past the word at a place; `from` when there is none.
  public static int wordEnd(String text, int from, int to) {
    int end = from;
    while (end < to) {
      int c = text.codePointAt(end);
      boolean joint =
          (c == '-' || isApostrophe(c))
              && end > from
              && end + 1 < to
              && isLetter(text.codePointAt(end + 1));
      if (!isLetter(c) && !joint) {
        break;
      }
      end += Character.charCount(c);
    }
    return Math.min(end, to);
  }

  public static boolean isLetter(int c) {
    int type = Character.getType(c);
    return Character.isLetterOrDigit(c)
        || type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK;
  }

  private static boolean isApostrophe(int c) {
    return c == '\'' || c == '’';
  }
}
