package dev.ttsworker.engine.text.normalization;

/// Verbalization of an expression by a rule.
///
/// @param end index just past the expression
/// @param words its verbalization, with punctuation where needed; empty when it is dropped, a blank
///   when it only separates words
/// @param joined whether it attaches to the word before it, as `'s` does
public record Verbalization(int end, String words, boolean joined) {
  public static Verbalization of(int end, String words) {
    return new Verbalization(end, words, false);
  }

  /// Of an expression whose own full stop may be that of the sentence too: it is kept where no word
  /// follows.
  ///
  /// @param stopped whether it is written with a full stop at its end
  public static Verbalization stopped(Cursor text, int end, String words, boolean stopped) {
    return of(end, stopped && text.isLastWordEnd(end) ? words + "." : words);
  }

  public static Verbalization dropped(int end) {
    return new Verbalization(end, "", false);
  }

  public static Verbalization joined(int end, String words) {
    return new Verbalization(end, words, true);
  }
}
