package dev.ttsworker.engine.text.normalization;

/// Digits of East Asia and of Arabic script, as ASCII digits. eSpeak NG reads full-width ones in no
/// language, those of Persian not in Urdu, and the Arabic decimal separator not in Arabic.
final class LocalDigits {
  private static final char FULL_WIDTH_ZERO = '\uff10';
  private static final char ARABIC_ZERO = '\u0660';
  private static final char PERSIAN_ZERO = '\u06f0';
  private static final char ARABIC_DECIMAL = '\u066b';
  private static final char ARABIC_THOUSANDS = '\u066c';
  private static final char FULL_WIDTH_STOP = '\uff0e';
  private static final char FULL_WIDTH_COMMA = '\uff0c';
  private static final char FULL_WIDTH_PERCENT = '\uff05';

  private LocalDigits() {}

  /// The same text, char by char.
  static String toAscii(String text) {
    StringBuilder ascii = new StringBuilder(text);
    for (int i = 0; i < ascii.length(); i++) {
      ascii.setCharAt(i, digit(ascii.charAt(i)));
    }
    for (int i = 1; i + 1 < ascii.length(); i++) {
      if (isDigit(ascii.charAt(i - 1)) && isDigit(ascii.charAt(i + 1))) {
        ascii.setCharAt(i, separator(ascii.charAt(i)));
      }
    }
    return ascii.toString();
  }

  private static char digit(char c) {
    for (char zero : new char[] {FULL_WIDTH_ZERO, ARABIC_ZERO, PERSIAN_ZERO}) {
      if (c >= zero && c < zero + 10) {
        return (char) ('0' + c - zero);
      }
    }
    return c == FULL_WIDTH_PERCENT ? '%' : c;
  }

  private static char separator(char c) {
    return switch (c) {
      case ARABIC_DECIMAL, FULL_WIDTH_STOP -> '.';
      case ARABIC_THOUSANDS, FULL_WIDTH_COMMA -> ',';
      default -> c;
    };
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
