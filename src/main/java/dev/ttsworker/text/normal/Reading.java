package dev.ttsworker.text.normal;

/// What a rule makes of the text at a place.
///
/// @param end index just past what it has read
/// @param words what is said for it, with punctuation where wanted; empty when it is left out, a
///   blank when it only parts words
/// @param joined whether it goes on with the word before it, as `'s` does
record Reading(int end, String words, boolean joined) {
  static Reading of(int end, String words) {
    return new Reading(end, words, false);
  }

  static Reading dropped(int end) {
    return new Reading(end, "", false);
  }

  static Reading joined(int end, String words) {
    return new Reading(end, words, true);
  }
}
