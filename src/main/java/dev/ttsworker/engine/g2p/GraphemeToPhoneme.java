package dev.ttsworker.engine.g2p;

import dev.ttsworker.engine.text.SpokenWord;
import java.util.List;

/// Grapheme-to-phoneme conversion (G2P) of one language and variety. Thread-safe; may be called
/// from virtual threads.
public interface GraphemeToPhoneme {
  /// Phonemes of a verbalized text.
  ///
  /// @param text any text; control characters count as blanks
  /// @param words of the text, in order, with the pronunciation overrides among them; none when
  ///   neither spans are asked for nor a word has an override
  /// @throws dev.ttsworker.error.WorkerException when the front end fails, naming it, never the
  ///   text
  PhonemizedText convert(String text, List<SpokenWord> words);
}
