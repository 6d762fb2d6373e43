package dev.ttsworker.voice;

import java.util.List;

/// Words whose times a rendering is to tell.
///
/// @param words of what is said, in order
/// @param phonemes whether the times of each word's phonemes are wanted too
public record AskedWords(List<SpokenWord> words, boolean phonemes) {
  /// Nobody asks.
  public static final AskedWords NONE = new AskedWords(List.of(), false);

  public AskedWords {
    words = List.copyOf(words);
  }
}
