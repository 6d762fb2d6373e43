package dev.ttsworker.phoneme;

/// Makes any string well-formed, for every phonemizer.
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
}
