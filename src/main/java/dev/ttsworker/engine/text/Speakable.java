package dev.ttsworker.engine.text;

/// Tells text that can be said from punctuation and symbols.
public final class Speakable {
  private Speakable() {}

  /// Whether there is a letter or digit in it.
  public static boolean hasWords(String text) {
    return text.codePoints().anyMatch(Character::isLetterOrDigit);
  }

  /// Whether a character is not to be seen and means nothing to a reader: soft hyphens, blanks of
  /// no width, marks of direction.
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

  /// Whether there is nothing but blanks in it.
  public static boolean isBlank(String text) {
    return text.codePoints().allMatch(Punctuation::isBlank);
  }
}
