package dev.ttsworker.engine.voice;

import dev.ttsworker.engine.text.SpokenWord;
import java.util.List;

/// Words whose times a rendering is to tell.
///
/// @param words of what is said, in order
/// @param phonemes whether the times of each word's phonemes are wanted too
public record WordTimingRequest(List<SpokenWord> words, boolean phonemes) {
  /// Nobody asks.
  public static final WordTimingRequest NONE = new WordTimingRequest(List.of(), false);

  public WordTimingRequest {
    words = List.copyOf(words);
  }
}
