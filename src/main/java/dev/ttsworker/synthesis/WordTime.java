package dev.ttsworker.synthesis;

import dev.ttsworker.audio.SpeechPipeline;
import dev.ttsworker.voice.PlacedWord;

/// When a word is heard, counted in samples of 48 kHz from the start of the call's audio.
///
/// @param text as it is said, with its punctuation
/// @param start samples before it
/// @param end samples up to its end; as `start` when it has no sound of its own
/// @param sourceStart offset in code points of its first character in the call's whole text
/// @param sourceEnd offset just past its last character
/// @param exact whether this is what the voice does, rather than an estimate
public record WordTime(
    String text, long start, long end, long sourceStart, long sourceEnd, boolean exact) {

  /// @param before samples of the voice before the word's rendering
  static WordTime of(PlacedWord word, long before, int sampleRateHz) {
    return new WordTime(
        word.word().text(),
        output(before + word.start(), sampleRateHz),
        output(before + word.end(), sampleRateHz),
        word.word().sourceStart(),
        word.word().sourceEnd(),
        word.exact());
  }

  /// The pipeline's output lies at the time of its input.
  private static long output(long samples, int sampleRateHz) {
    return samples * SpeechPipeline.OUTPUT_RATE_HZ / sampleRateHz;
  }
}
