package dev.ttsworker.engine.g2p;

import java.util.List;

/// Phonemes of a text, and which of them belong to which word.
///
/// @param sentences phonemes of each sentence that the front end found, in IPA with the punctuation
///   that voices are trained with; none when nothing is to be said
/// @param spans of all words that were given, in their order
public record PhonemizedText(List<String> sentences, List<PhonemeSpan> spans) {
  public PhonemizedText {
    sentences = List.copyOf(sentences);
    spans = List.copyOf(spans);
  }
}
