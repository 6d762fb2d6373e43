package dev.ttsworker.text;

/// Tells text that can be said from punctuation and symbols.
public final class Speakable {
  private Speakable() {}

  /// Whether there is a letter or digit in it.
  public static boolean hasWords(String text) {
    return text.codePoints().anyMatch(Character::isLetterOrDigit);
  }

  /// Whether there is nothing but blanks in it.
  public static boolean isBlank(String text) {
    return text.codePoints().allMatch(Marks::isBlank);
  }
}
