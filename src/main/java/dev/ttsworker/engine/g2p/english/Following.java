package dev.ttsworker.engine.g2p.english;

/// What follows a word, which the sound of some function words depends on ("the", "to", "used").
///
/// @param sound the first sound behind it
/// @param to whether "to" follows
record Following(Sound sound, boolean to) {
  /// Nothing follows.
  static final Following END = new Following(Sound.PAUSE, false);

  enum Sound {
    VOWEL,
    CONSONANT,
    PAUSE
  }

  private static final String PAUSES = ";:,.!?—…";

  /// What precedes a word then finds: its own first sound.
  ///
  /// @param phonemes of the word
  Following before(String phonemes, boolean isTo) {
    for (int i = 0; i < phonemes.length(); i++) {
      char c = phonemes.charAt(i);
      if (Phonemes.isVowel(c)) {
        return new Following(Sound.VOWEL, isTo);
      }
      if (Phonemes.isConsonant(c)) {
        return new Following(Sound.CONSONANT, isTo);
      }
      if (PAUSES.indexOf(c) >= 0) {
        return new Following(Sound.PAUSE, isTo);
      }
    }
    return new Following(sound, isTo);
  }
}
