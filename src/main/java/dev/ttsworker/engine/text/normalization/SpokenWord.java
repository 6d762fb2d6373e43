package dev.ttsworker.engine.text.normalization;

import java.util.Optional;

/// A spoken word and what it was written as. Several words may share what they were written as: all
/// of "four dollars" is "$4".
///
/// @param text without the punctuation around it
/// @param start offset in code points, in the text that was normalised, of what was written
/// @param end offset just past it, above `start`
/// @param pronounced where its author says how it sounds; else empty
public record SpokenWord(String text, int start, int end, Optional<Pronounced> pronounced) {
  /// How a word sounds, rather than as it would in its sentence.
  ///
  /// @param said what stands for it in the spoken text
  /// @param phonemes in IPA; empty for those that it has when it stands alone
  public record Pronounced(String said, String phonemes) {}

  public SpokenWord {
    if (text.isEmpty() || start < 0 || end <= start) {
      throw new IllegalArgumentException(
          "word \""
              + text
              + "\" at "
              + start
              + " to "
              + end
              + "; needed: a word, 0 <= start < end");
    }
  }
}
