package dev.ttsworker.engine.text.normalization;

import dev.ttsworker.engine.text.SpokenWord;
import java.util.List;

/// Verbalized text with source spans.
///
/// @param text words and the punctuation that a phonemizer needs
/// @param words the words in it, in order, without punctuation
public record NormalizedText(String text, List<SpokenWord> words) {
  public NormalizedText {
    words = List.copyOf(words);
  }
}
