package dev.ttsworker.engine.g2p.english;

/// Phoneme alphabet of the front end: IPA with single letters for diphthongs and affricates (A I O
/// Q W Y ʤ ʧ), T for the American flap, stress directly before the vowel. One character per
/// phoneme.
final class Phonemes {
  static final char PRIMARY = 'ˈ';
  static final char SECONDARY = 'ˌ';

  /// Vowels, diphthongs included. `ᵊ` is none: it bears no stress.
  private static final String VOWELS = "AIOQWYaiuæɑɒɔəɛɜɪʊʌᵻɐ";

  private static final String CONSONANTS = "bdfhjklmnpstvwzðŋɡɹɾʃʒʤʧθT";

  private Phonemes() {}

  static boolean isVowel(int c) {
    return VOWELS.indexOf(c) >= 0;
  }

  /// Whether a vowel, or `ᵊ`, stands at an index, behind its stress if it has one.
  static boolean isVowelAt(String phonemes, int at) {
    int vowel = at < phonemes.length() && isStress(phonemes.charAt(at)) ? at + 1 : at;
    return vowel < phonemes.length()
        && (isVowel(phonemes.charAt(vowel)) || phonemes.charAt(vowel) == 'ᵊ');
  }

  static boolean isConsonant(int c) {
    return CONSONANTS.indexOf(c) >= 0;
  }

  static boolean isStress(int c) {
    return c == PRIMARY || c == SECONDARY;
  }

  static boolean hasPrimary(String phonemes) {
    return phonemes.indexOf(PRIMARY) >= 0;
  }

  /// Weight of a word's sound: long vowels and affricates count twice.
  static int weight(String phonemes) {
    int weight = 0;
    for (int i = 0; i < phonemes.length(); i++) {
      weight += "AIOQWYʤʧ".indexOf(phonemes.charAt(i)) >= 0 ? 2 : 1;
    }
    return weight;
  }
}
