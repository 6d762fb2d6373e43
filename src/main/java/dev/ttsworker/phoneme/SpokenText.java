package dev.ttsworker.phoneme;

import java.util.ArrayList;
import java.util.List;

/// Makes any string fit for a phonemizer.
final class SpokenText {
  private static final int REPLACEMENT = 0xFFFD;

  private SpokenText() {}

  /// Well-formed Unicode of the same length: U+FFFD for lone surrogates, a blank for NUL and every
  /// other control character except the line feed, of which two end a sentence.
  static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints().map(SpokenText::clean).forEach(clean::appendCodePoint);
    return clean.toString();
  }

  private static int clean(int codePoint) {
    if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
      return REPLACEMENT;
    }
    return Character.isISOControl(codePoint) && codePoint != '\n' ? ' ' : codePoint;
  }

  /// Cuts `clean` into pieces of at most `limit` chars which joined are `clean` again: before the
  /// last white space that fits, or, in a word longer than that, between two code points.
  ///
  /// @param limit at least 2
  static List<String> pieces(String clean, int limit) {
    List<String> pieces = new ArrayList<>();
    int start = 0;
    while (clean.length() - start > limit) {
      int end = cut(clean, start, limit);
      pieces.add(clean.substring(start, end));
      start = end;
    }
    pieces.add(clean.substring(start));
    return pieces;
  }

  private static int cut(String clean, int start, int limit) {
    for (int end = start + limit; end > start; end--) {
      if (Character.isWhitespace(clean.charAt(end))) {
        return end;
      }
    }
    int end = start + limit;
    return Character.isLowSurrogate(clean.charAt(end)) ? end - 1 : end;
  }
}
