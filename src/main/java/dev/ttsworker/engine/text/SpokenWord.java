package dev.ttsworker.engine.text;

import java.util.Optional;

/// Spoken word with its source span. Several words may have the same span: "$4" is spoken as "four
/// dollars".
///
/// @param text for display; in the input of a voice with its punctuation; never blank
/// @param sourceStart offset in code points of its first character, in the text that was
///   normalized, or in the call's whole text
/// @param sourceEnd offset just past its last character
/// @param contextEnd offset just past the word and the punctuation that touches it
/// @param pronunciation override of its author; empty where there is none
public record SpokenWord(
    String text,
    long sourceStart,
    long sourceEnd,
    long contextEnd,
    Optional<Pronunciation> pronunciation) {
  /// Pronunciation of a word independent of its sentence, as far as a voice supports it.
  ///
  /// @param said what stands for it in the input of the front end; never blank
  /// @param phonemes in IPA; empty for those of the word in isolation
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

  /// Word without a pronunciation override.
  public SpokenWord(String text, long sourceStart, long sourceEnd) {
    this(text, sourceStart, sourceEnd, sourceEnd, Optional.empty());
  }

  /// What stands for it in the input of the front end.
  public String said() {
    return pronunciation.map(Pronunciation::said).orElse(text);
  }

  /// The phonemes of its override; empty when there is none.
  public Optional<String> phonemes() {
    return pronunciation.map(Pronunciation::phonemes);
  }

  /// The word without the punctuation around it; a lone sign is unchanged. A word that differs from
  /// its source keeps the whole source span.
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
