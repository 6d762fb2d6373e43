package dev.ttsworker.engine;

/// What is told of when text is heard.
public enum WordDetail {
  NOTHING,
  WORDS,
  /// Words and their phonemes.
  PHONEMES
}
