package dev.ttsworker.engine.text.normalization;

import dev.ttsworker.engine.text.AnnotatedText;

/// Writes a text of one language out as it is said. Immutable; usable by any thread.
public interface Normalizer {
  /// What a person would say who reads the text aloud. Words of the text stay letter for letter,
  /// punctuation stays for the phonemizer; the work is proportional to the length.
  ///
  /// @param wording a segment's, any characters; its spans are said as they ask
  NormalizedText normalize(AnnotatedText wording);
}
