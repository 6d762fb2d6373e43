package dev.ttsworker.engine.voice;

import java.util.Optional;

/// A word of what a voice is given to say, and what of the caller's text it stands for. Several
/// words may stand for the same piece of text: "$4" is said as "four dollars".
///
/// @param text as it is in what is said, with its punctuation; never blank
/// @param sourceStart offset in code points of its first character in the call's whole text
/// @param sourceEnd offset just past its last character
/// @param contextEnd offset just past the word and the punctuation that touches it
/// @param pronunciation where its author says how it sounds; else empty
public record SpokenWord(
    String text,
    long sourceStart,
    long sourceEnd,
    long contextEnd,
    Optional<Pronunciation> pronunciation) {
  /// How a word sounds, rather than as it would in its sentence; as far as a voice can.
  ///
  /// @param said what stands for it in what the voice is given; never blank
  /// @param phonemes in IPA; empty for those that it has when it stands alone
  public record Pronunciation(String said, String phonemes) {}

  public SpokenWord {
    if (text.isBlank() || sourceStart < 0 || sourceEnd < sourceStart || contextEnd < sourceEnd) {
      throw new IllegalArgumentException(
          "a word of %d characters from %d to %d".formatted(text.length(), sourceStart, sourceEnd));
    }
  }

  /// One that sounds as it does in its sentence.
  public SpokenWord(String text, long sourceStart, long sourceEnd) {
    this(text, sourceStart, sourceEnd, sourceEnd, Optional.empty());
  }

  /// What stands for it in what the voice is given.
  public String said() {
    return pronunciation.map(Pronunciation::said).orElse(text);
  }
}
