package dev.ttsworker.engine.g2p.english;

import dev.ttsworker.engine.g2p.IpaSymbols;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/// Authored IPA in the alphabet of the English front end: diphthongs and affricates become single
/// letters, stress moves to directly before its vowel, tie bars and syllable breaks go. Symbols
/// that the alphabet lacks stay as they are, so that a voice can report them. Stateless.
public final class EnglishIpa {
  /// Longest first within a first letter.
  private static final String[][] COMMON = {
    {"eɪ", "A"}, {"ei", "A"}, {"aɪ", "I"}, {"ai", "I"}, {"aʊ", "W"}, {"au", "W"}, {"ɔɪ", "Y"},
    {"ɔi", "Y"}, {"dʒ", "ʤ"}, {"tʃ", "ʧ"}, {"l̩", "ᵊl"}, {"n̩", "ᵊn"}, {"m̩", "ᵊm"}, {"ɫ", "l"},
    {"r", "ɹ"}, {"g", "ɡ"}, {"ɝ", "ɜɹ"}, {"ɚ", "əɹ"}, {"ʍ", "w"}, {"ɨ", "ᵻ"}
  };

  private static final String[][] AMERICAN = {
    {"oʊ", "O"},
    {"ou", "O"},
    {"əʊ", "O"},
    {"ɜːɹ", "ɜɹ"},
    {"ɜː", "ɜɹ"},
    {"ɾ", "T"},
    {"a", "æ"},
    {"ɒ", "ɑ"},
    {"e", "ɛ"},
    {"o", "ɔ"},
    {"ː", ""}
  };
  private static final String[][] BRITISH = {
    {"əʊ", "Q"},
    {"oʊ", "Q"},
    {"ou", "Q"},
    {"eə", "ɛː"},
    {"æ", "a"},
    {"e", "ɛ"},
    {"ᵻ", "ɪ"},
    {"ɾ", "t"}
  };
  private static final String DROPPED = "\u0361\u035C\u02D1";

  private EnglishIpa() {}

  /// Authored IPA in the alphabet of a variety.
  ///
  /// @param ipa authored
  /// @param variety `en-us` or `en-gb`
  /// @return one character per phoneme, with the symbols that the alphabet lacks
  /// @throws dev.ttsworker.error.WorkerException `INVALID_VOICEPACK` for another variety
  public static String toAlphabet(String ipa, String variety) {
    return toAlphabet(ipa, Accent.of(variety));
  }

  /// Symbols of authored IPA that are not pronounced: those that are no phonemes, and those that a
  /// voice has no id for. Each once, in order.
  ///
  /// @param hasId whether the voice has an id for a code point of this alphabet
  public static List<String> unknown(String ipa, String variety, IntPredicate hasId) {
    Set<String> unknown = new LinkedHashSet<>(IpaSymbols.foreign(ipa));
    toAlphabet(ipa, variety)
        .codePoints()
        .filter(c -> c != ' ' && !hasId.test(c))
        .mapToObj(Character::toString)
        .forEach(unknown::add);
    return List.copyOf(unknown);
  }

  static String toAlphabet(String ipa, Accent accent) {
    String phonemes =
        Normalizer.normalize(IpaSymbols.phonemes(ipa), Normalizer.Form.NFC)
            .strip()
            .replaceAll("\\s+", " ");
    StringBuilder kept = new StringBuilder();
    phonemes.chars().filter(c -> DROPPED.indexOf(c) < 0).forEach(c -> kept.append((char) c));
    String[][] own = accent == Accent.BRITISH ? BRITISH : AMERICAN;
    StringBuilder made = new StringBuilder();
    int at = 0;
    while (at < kept.length()) {
      String[] rule = rule(kept, at, own, COMMON);
      made.append(rule[1]);
      at += rule[0].length();
    }
    return stressBeforeVowels(made.toString());
  }

  /// The longest rule that applies, or the symbol itself.
  private static String[] rule(StringBuilder ipa, int at, String[][]... tables) {
    String symbol = String.valueOf(ipa.charAt(at));
    String[] best = {symbol, symbol};
    int length = 0;
    for (String[][] table : tables) {
      for (String[] rule : table) {
        if (rule[0].length() > length && startsWith(ipa, at, rule[0])) {
          best = rule;
          length = rule[0].length();
        }
      }
    }
    return best;
  }

  private static boolean startsWith(StringBuilder ipa, int at, String part) {
    return at + part.length() <= ipa.length() && ipa.substring(at, at + part.length()).equals(part);
  }

  private static String stressBeforeVowels(String phonemes) {
    StringBuilder made = new StringBuilder();
    char waiting = 0;
    for (int i = 0; i < phonemes.length(); i++) {
      char c = phonemes.charAt(i);
      if (Phonemes.isStress(c)) {
        waiting = c;
        continue;
      }
      boolean vowel = Phonemes.isVowel(c) || "eoyøœɤɯɵɘɞʉɨᵊɐ".indexOf(c) >= 0;
      if (waiting != 0 && vowel) {
        made.append(waiting);
        waiting = 0;
      }
      made.append(c);
    }
    return made.toString();
  }
}
