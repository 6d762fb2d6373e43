package dev.ttsworker.engine.g2p;

import java.text.Normalizer;
import java.util.List;

/// Grapheme phonemizer, for voices trained on letters (`phoneme_type` text): the text itself,
/// decomposed (NFD), case unchanged, as one sentence. Stateless.
public final class CodePointPhonemizer implements Phonemizer {
  @Override
  public List<String> phonemize(String text) {
    String clean = Utf16Sanitizer.clean(text).replace('\n', ' ');
    return clean.isBlank() ? List.of() : List.of(Normalizer.normalize(clean, Normalizer.Form.NFD));
  }
}
