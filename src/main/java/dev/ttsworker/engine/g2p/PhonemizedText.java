package dev.ttsworker.engine.g2p;

import java.util.List;

/// Phonemized text, with the phoneme span of each word.
///
/// @param sentences phonemes of each sentence that the front end found, in IPA with the punctuation
///   that voices are trained with; empty when there is nothing to pronounce
/// @param spans of all given words, in their order
public record PhonemizedText(List<String> sentences, List<PhonemeSpan> spans) {
  public PhonemizedText {
    sentences = List.copyOf(sentences);
    spans = List.copyOf(spans);
  }
}
