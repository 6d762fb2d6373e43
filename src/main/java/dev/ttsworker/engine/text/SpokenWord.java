package dev.ttsworker.engine.text;

import java.util.Optional;

/// A word as it is spoken, and the text that it stands for. Several words may stand for the same
/// text: "$4" is spoken as "four dollars".
///
/// @param text as a listener is shown it; in what a voice is given with its punctuation; never
///   blank
/// @param sourceStart offset in code points of its first character, in the text that was
///   normalized, or in the call's whole text
/// @param sourceEnd offset just past its last character
/// @param contextEnd offset just past the word and the punctuation that touches it
/// @param pronunciation where its author says how it sounds; else empty
public record SpokenWord(
    String text,
    long sourceStart,
    long sourceEnd,
    long contextEnd,
    Optional<Pronunciation> pronunciation) {
  /// Pronunciation of a word, rather than as it would sound in its sentence; as far as a voice can.
  ///
  /// @param said what stands for it in what the front end is given; never blank
  /// @param phonemes in IPA; empty for those that it has when it stands alone
  public record Pronunciation(String said, String phonemes) {}

  public SpokenWord {
    if (text.isBlank() || sourceStart < 0 || sourceEnd < sourceStart || contextEnd < sourceEnd) {
      throw new IllegalArgumentException(
          "a word of %d characters from %d to %d".formatted(text.length(), sourceStart, sourceEnd));
    }
  }

  /// One without punctuation behind it.
  public SpokenWord(
      String text, long sourceStart, long sourceEnd, Optional<Pronunciation> pronunciation) {
    this(text, sourceStart, sourceEnd, sourceEnd, pronunciation);
  }

  /// One that sounds as it does in its sentence.
  public SpokenWord(String text, long sourceStart, long sourceEnd) {
    this(text, sourceStart, sourceEnd, sourceEnd, Optional.empty());
  }

  /// What stands for it in what the front end is given.
  public String said() {
    return pronunciation.map(Pronunciation::said).orElse(text);
  }

  /// The phonemes that its author gives; empty when none.
  public Optional<String> phonemes() {
    return pronunciation.map(Pronunciation::phonemes);
  }

  /// The same without the punctuation around it; a lone sign stays as it is. What is not said as it
  /// is written stands for its source as a whole.
  public SpokenWord withoutPunctuation() {
    int lead = 0;
    while (lead < text.length() && Punctuation.isAroundWords(text.codePointAt(lead))) {
      lead += Character.charCount(text.codePointAt(lead));
    }
    if (lead == text.length()) {
      return this;
    }
    int end = text.length();
    while (Punctuation.isAroundWords(text.codePointBefore(end))) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    boolean literal = sourceEnd - sourceStart == text.codePointCount(0, text.length());
    return new SpokenWord(
        text.substring(lead, end),
        sourceStart + (literal ? text.codePointCount(0, lead) : 0),
        sourceEnd - (literal ? text.codePointCount(end, text.length()) : 0),
        contextEnd,
        pronunciation);
  }
}
