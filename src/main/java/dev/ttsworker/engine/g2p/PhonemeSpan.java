package dev.ttsworker.engine.g2p;

/// Phoneme span of a word.
///
/// @param sentence index of the sentence in which it begins
/// @param start code points of that sentence before it
/// @param end code points of that sentence up to its end; equal to `start` when it has no phonemes
public record PhonemeSpan(int sentence, int start, int end) {
  /// The span of a word in a text without phonemes.
  static final PhonemeSpan NONE = new PhonemeSpan(0, 0, 0);

  public PhonemeSpan {
    if (sentence < 0 || start < 0 || end < start) {
      throw new IllegalArgumentException(start + " to " + end + " in sentence " + sentence);
    }
  }
}
