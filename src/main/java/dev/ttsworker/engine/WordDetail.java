package dev.ttsworker.engine;

/// Which word timings a call gets.
public enum WordDetail {
  NOTHING,
  WORDS,
  /// Words and their phonemes.
  PHONEMES
}
