package dev.ttsworker.engine.text.normalization;

import dev.ttsworker.engine.text.AnnotatedText;

/// Text normalization (TN) of one language: verbalizes numbers, dates, abbreviations and signs.
/// Immutable; usable by any thread.
public interface Normalizer {
  /// Verbalizes a text. Its words are unchanged letter for letter, and punctuation is retained for
  /// the phonemizer; linear time.
  ///
  /// @param annotated a segment's text, any characters; its overrides apply
  NormalizedText normalize(AnnotatedText annotated);
}
