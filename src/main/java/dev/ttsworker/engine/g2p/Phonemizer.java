package dev.ttsworker.engine.g2p;

import java.util.List;

/// Phonemizer: text to phonemes. Thread-safe; may be called from virtual threads.
public interface Phonemizer {
  /// Phonemes of `text`, one string for each sentence found in it, with the punctuation a Piper
  /// voice was trained on. Empty when there is nothing to pronounce.
  ///
  /// @param text any text; control characters count as blanks
  /// @throws dev.ttsworker.error.WorkerException when the phonemizer fails, naming it, never the
  ///   text
  List<String> phonemize(String text);

  /// The same for independent texts, in their order; cheaper than one by one.
  default List<List<String>> phonemizeEach(List<String> texts) {
    return texts.stream().map(this::phonemize).toList();
  }
}
