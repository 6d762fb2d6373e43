package dev.ttsworker.synthesis;

import dev.ttsworker.audio.SpeechPipeline;
import dev.ttsworker.voice.PlacedWord;
import java.util.List;

/// When a word is heard, counted in samples of 48 kHz from the start of the call's audio.
///
/// @param text as it is said, with its punctuation
/// @param start samples before it
/// @param end samples up to its end; as `start` when it has no sound of its own
/// @param sourceStart offset in code points of its first character in the call's whole text
/// @param sourceEnd offset just past its last character
/// @param exact whether this is what the voice does, rather than an estimate
/// @param phonemes its own, in order; none when nobody asked
public record WordTime(
    String text,
    long start,
    long end,
    long sourceStart,
    long sourceEnd,
    boolean exact,
    List<PhonemeTime> phonemes) {
  public WordTime {
    phonemes = List.copyOf(phonemes);
  }

  /// When a phoneme is heard, counted like words.
  ///
  /// @param text in IPA, with its stress and length
  public record PhonemeTime(String text, long start, long end) {}

  /// @param before samples of the voice before the word's rendering
  static WordTime of(PlacedWord word, long before, int sampleRateHz) {
    return new WordTime(
        word.word().text(),
        output(before + word.start(), sampleRateHz),
        output(before + word.end(), sampleRateHz),
        word.word().sourceStart(),
        word.word().sourceEnd(),
        word.exact(),
        word.phonemes().stream()
            .map(phoneme ->
                new PhonemeTime(
                    phoneme.text(),
                    output(before + phoneme.start(), sampleRateHz),
                    output(before + phoneme.end(), sampleRateHz)))
            .toList());
  }

  /// The pipeline's output lies at the time of its input.
  private static long output(long samples, int sampleRateHz) {
    return samples * SpeechPipeline.OUTPUT_RATE_HZ / sampleRateHz;
  }
}
