package dev.ttsworker.engine;

import java.util.List;

/// Word timing: when a word is heard, counted in samples from the start of the audio: of the call's
/// audio, at its rate, where it leaves the engine.
///
/// @param text as it is said, without the punctuation around it; a lone mark is a word of its own
/// @param start samples before it
/// @param end samples up to its end; as `start` when it has no sound of its own
/// @param sourceStart offset in code points of its first character in the call's whole text
/// @param sourceEnd offset just past its last character
/// @param contextEnd offset just past the word and the punctuation that touches it
/// @param exact whether this is what the voice does, rather than an estimate
/// @param phonemes its own, in order; none when nobody asked
/// @param unknownPhonemes symbols of its author's IPA that the voice leaves out
public record WordTiming(
    String text,
    long start,
    long end,
    long sourceStart,
    long sourceEnd,
    long contextEnd,
    boolean exact,
    List<PhonemeTiming> phonemes,
    List<String> unknownPhonemes) {
  public WordTiming {
    phonemes = List.copyOf(phonemes);
    unknownPhonemes = List.copyOf(unknownPhonemes);
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("a word from %d to %d".formatted(start, end));
    }
  }

  /// One without punctuation, of which the voice has all phonemes.
  public WordTiming(
      String text,
      long start,
      long end,
      long sourceStart,
      long sourceEnd,
      boolean exact,
      List<PhonemeTiming> phonemes) {
    this(text, start, end, sourceStart, sourceEnd, sourceEnd, exact, phonemes, List.of());
  }

  /// When a phoneme is heard, counted like words.
  ///
  /// @param text in IPA, with its stress and length
  public record PhonemeTiming(String text, long start, long end) {}

  /// The same in later audio of another sample rate.
  ///
  /// @param before samples before this audio, at its own rate
  public WordTiming moved(long before, int fromHz, int toHz) {
    return new WordTiming(
        text,
        (before + start) * toHz / fromHz,
        (before + end) * toHz / fromHz,
        sourceStart,
        sourceEnd,
        contextEnd,
        exact,
        phonemes.stream()
            .map(phoneme ->
                new PhonemeTiming(
                    phoneme.text(),
                    (before + phoneme.start()) * toHz / fromHz,
                    (before + phoneme.end()) * toHz / fromHz))
            .toList(),
        unknownPhonemes);
  }
}
