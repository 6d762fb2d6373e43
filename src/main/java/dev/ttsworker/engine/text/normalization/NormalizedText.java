package dev.ttsworker.engine.text.normalization;

import dev.ttsworker.engine.text.SpokenWord;
import java.util.List;

/// A text as it is said.
///
/// @param text words and the punctuation that a phonemizer needs
/// @param words the words in it, in order; punctuation is no part of them
public record NormalizedText(String text, List<SpokenWord> words) {
  public NormalizedText {
    words = List.copyOf(words);
  }
}
