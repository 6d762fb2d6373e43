package dev.ttsworker.engine.voice;

import dev.ttsworker.engine.text.SpokenWord;
import java.util.List;

/// When a word is said.
///
/// @param start samples of the rendering before it, at the voice's sample rate
/// @param end samples of the rendering up to its end; as `start` when it has no sound of its own
/// @param exact whether this is what the voice does, rather than an estimate
/// @param phonemes its own, in order; none when nobody asked
public record AlignedWord(
    SpokenWord word, long start, long end, boolean exact, List<AlignedPhoneme> phonemes) {
  public AlignedWord {
    phonemes = List.copyOf(phonemes);
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("a word from %d to %d".formatted(start, end));
    }
  }
}
