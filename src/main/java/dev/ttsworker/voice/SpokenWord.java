package dev.ttsworker.voice;

/// A word of what a voice is given to say, and what of the caller's text it stands for. Several
/// words may stand for the same piece of text: "$4" is said as "four dollars".
///
/// @param text as it is in what is said, with its punctuation; never blank
/// @param sourceStart offset in code points of its first character in the call's whole text
/// @param sourceEnd offset just past its last character
public record SpokenWord(String text, long sourceStart, long sourceEnd) {
  public SpokenWord {
    if (text.isBlank() || sourceStart < 0 || sourceEnd < sourceStart) {
      throw new IllegalArgumentException(
          "a word of %d characters from %d to %d".formatted(text.length(), sourceStart, sourceEnd));
    }
  }
}
