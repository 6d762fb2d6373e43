package dev.ttsworker.engine.voice;

import dev.ttsworker.engine.WordTiming;
import dev.ttsworker.engine.WordTiming.PhonemeTiming;
import dev.ttsworker.engine.text.SpokenWord;
import java.util.List;

/// Word timing request: words whose timings a rendering gives.
///
/// @param words of what is said, in order
/// @param phonemes whether the timings of each word's phonemes are wanted too
public record WordTimingRequest(List<SpokenWord> words, boolean phonemes) {
  /// No timings.
  public static final WordTimingRequest NONE = new WordTimingRequest(List.of(), false);

  public WordTimingRequest {
    words = List.copyOf(words);
  }

  /// The timing of a word.
  ///
  /// @param start samples of the rendering before it, at the voice's sample rate
  /// @param end samples of the rendering up to its end; as `start` when it has no sound of its own
  /// @param exact whether this is what the voice does, rather than an estimate
  /// @param phonemes its own, in order; none when they were not asked for
  /// @param unknown symbols of its author's IPA that the voice leaves out
  public static WordTiming timing(
      SpokenWord word,
      long start,
      long end,
      boolean exact,
      List<PhonemeTiming> phonemes,
      List<String> unknown) {
    SpokenWord bare = word.withoutPunctuation();
    return new WordTiming(
        bare.text(),
        start,
        end,
        bare.sourceStart(),
        bare.sourceEnd(),
        bare.contextEnd(),
        exact,
        phonemes,
        unknown);
  }
}
