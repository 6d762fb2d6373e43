package dev.ttsworker.engine.g2p.english;

import java.util.Arrays;

/// Phonemes of each token of a sentence. Not thread-safe.
final class Sounds {
  private final String[] phonemes;
  private final boolean[] apart;
  private final boolean[] marks;

  Sounds(int tokens) {
    phonemes = new String[tokens];
    Arrays.fill(phonemes, "");
    apart = new boolean[tokens];
    marks = new boolean[tokens];
  }

  /// Phonemes of a token; empty when it has none of its own.
  String phonemes(int token) {
    return phonemes[token];
  }

  void set(int token, String made) {
    phonemes[token] = made;
  }

  void setMarks(int token, String made) {
    phonemes[token] = made;
    marks[token] = true;
  }

  /// Whether a token is punctuation.
  boolean isMarks(int token) {
    return marks[token];
  }

  /// Whether a token is a word of its own, although no blank is before it.
  boolean isApart(int token) {
    return apart[token];
  }

  void setApart(int token) {
    apart[token] = true;
  }

  /// Whether a token is a word or a part of one that is pronounced.
  boolean isSpoken(int token) {
    return !marks[token] && !phonemes[token].isEmpty();
  }
}
