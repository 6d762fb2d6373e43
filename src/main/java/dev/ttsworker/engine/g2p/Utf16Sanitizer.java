package dev.ttsworker.engine.g2p;

/// UTF-16 sanitizer: makes any string well-formed, for every phonemizer.
public final class Utf16Sanitizer {
  private static final int REPLACEMENT = 0xFFFD;

  private Utf16Sanitizer() {}

  /// Well-formed Unicode of the same length: U+FFFD for lone surrogates, a blank for NUL and every
  /// other control character except the line feed, of which two end a sentence.
  public static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints().map(Utf16Sanitizer::clean).forEach(clean::appendCodePoint);
    return clean.toString();
  }

  private static int clean(int codePoint) {
    if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
      return REPLACEMENT;
    }
    return Character.isISOControl(codePoint) && codePoint != '\n' ? ' ' : codePoint;
  }
}
