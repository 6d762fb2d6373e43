package dev.ttsworker.engine.g2p.english;

/// Stress change of a word: how prominent it becomes in its sentence.
enum Stress {
  /// As in the lexicon.
  UNCHANGED,
  /// No stress at all.
  NONE,
  /// A primary stress becomes a secondary one, which replaces all others.
  REDUCED,
  /// As [#REDUCED]; a word without stress gets a secondary one.
  SECONDARY,
  /// A word without stress gets a secondary one, others are unchanged: capitalised words.
  RAISED,
  /// A word without a primary stress gets one: words in capitals.
  PRIMARY;

  /// A word's phonemes with this change.
  String apply(String phonemes) {
    boolean primary = Phonemes.hasPrimary(phonemes);
    boolean secondary = phonemes.indexOf(Phonemes.SECONDARY) >= 0;
    return switch (this) {
      case UNCHANGED -> phonemes;
      case NONE -> without(phonemes, Phonemes.PRIMARY, Phonemes.SECONDARY);
      case REDUCED -> primary ? lowered(phonemes) : phonemes;
      case SECONDARY ->
          primary ? lowered(phonemes) : secondary ? phonemes : first(phonemes, Phonemes.SECONDARY);
      case RAISED -> primary || secondary ? phonemes : first(phonemes, Phonemes.SECONDARY);
      case PRIMARY ->
          primary
              ? phonemes
              : secondary
                  ? phonemes.replace(Phonemes.SECONDARY, Phonemes.PRIMARY)
                  : first(phonemes, Phonemes.PRIMARY);
    };
  }

  private static String lowered(String phonemes) {
    return without(phonemes, Phonemes.SECONDARY, Phonemes.SECONDARY)
        .replace(Phonemes.PRIMARY, Phonemes.SECONDARY);
  }

  private static String without(String phonemes, char one, char other) {
    StringBuilder kept = new StringBuilder(phonemes.length());
    for (int i = 0; i < phonemes.length(); i++) {
      char c = phonemes.charAt(i);
      if (c != one && c != other) {
        kept.append(c);
      }
    }
    return kept.toString();
  }

  /// With a mark before the first vowel; unchanged without a vowel.
  private static String first(String phonemes, char mark) {
    for (int i = 0; i < phonemes.length(); i++) {
      if (Phonemes.isVowel(phonemes.charAt(i))) {
        return phonemes.substring(0, i) + mark + phonemes.substring(i);
      }
    }
    return phonemes;
  }
}
