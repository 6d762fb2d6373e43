package dev.ttsworker.engine.text;

/// Speakable text: distinguishes text with words from punctuation, symbols and invisible
/// characters.
public final class Speakable {
  private Speakable() {}

  /// Whether it contains a letter or digit.
  public static boolean hasWords(String text) {
    return text.codePoints().anyMatch(Character::isLetterOrDigit);
  }

  /// Whether it contains what may be said: words, or signs with names, such as emoji and
  /// currencies.
  public static boolean maySound(String text) {
    return text.codePoints()
        .anyMatch(c ->
            Character.isLetterOrDigit(c)
                || Character.getType(c) == Character.OTHER_SYMBOL
                || Character.getType(c) == Character.CURRENCY_SYMBOL);
  }

  /// Whether a character is invisible and has no sound: control characters, soft hyphens,
  /// zero-width blanks, direction marks.
  public static boolean isInvisible(int c) {
    if (c < ' ' || (c >= 0x7F && c < 0xA0)) {
      return !Punctuation.isBlank(c);
    }
    return switch (c) {
      case 0xAD, 0x34F, 0x61C, 0x180E, 0xFEFF -> true;
      default ->
          (c >= 0x200B && c <= 0x200F)
              || (c >= 0x202A && c <= 0x202E)
              || (c >= 0x2060 && c <= 0x2069);
    };
  }

  /// Whether it contains only blanks.
  public static boolean isBlank(String text) {
    return text.codePoints().allMatch(Punctuation::isBlank);
  }
}
