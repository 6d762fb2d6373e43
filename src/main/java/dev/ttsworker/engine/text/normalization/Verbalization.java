package dev.ttsworker.engine.text.normalization;

/// What a rule makes of the text at a place.
///
/// @param end index just past what it has read
/// @param words what is said for it, with punctuation where wanted; empty when it is left out, a
///   blank when it only parts words
/// @param joined whether it goes on with the word before it, as `'s` does
record Verbalization(int end, String words, boolean joined) {
  static Verbalization of(int end, String words) {
    return new Verbalization(end, words, false);
  }

  static Verbalization dropped(int end) {
    return new Verbalization(end, "", false);
  }

  static Verbalization joined(int end, String words) {
    return new Verbalization(end, words, true);
  }
}
