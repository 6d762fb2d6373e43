package dev.ttsworker.engine;

/// Pronunciation override: how a piece of text is spoken when its author says so.
public sealed interface PronunciationOverride {
  /// Chars of the words or phonemes that are put in place of what is written; 0 where what is
  /// written is said.
  default int replacementLength() {
    return switch (this) {
      case Alias(String words) -> words.length();
      case Ipa ipa -> ipa.phonemes().length();
      case InterpretAs _ -> 0;
    };
  }

  /// Other words in its place.
  ///
  /// @param words read as any text is; none when nothing is said
  record Alias(String words) implements PronunciationOverride {}

  /// These phonemes.
  ///
  /// @param phonemes in IPA, never blank
  /// @param displayText the word that word timings show; empty for the text itself
  record Ipa(String phonemes, String displayText) implements PronunciationOverride {
    public Ipa {
      if (phonemes.isBlank()) {
        throw new IllegalArgumentException("no phonemes");
      }
    }
  }

  /// As SSML's interpret-as says.
  enum InterpretAs implements PronunciationOverride {
    /// Letter by letter, figure by figure.
    SPELLED,
    /// Figure by figure; all other signs are left out.
    DIGITS,
    /// As a number.
    CARDINAL,
    /// As the number of a place: first, second.
    ORDINAL,
    /// As any text, with each word as full as when it stands alone.
    EMPHASISED
  }
}
