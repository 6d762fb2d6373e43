package dev.ttsworker.engine.g2p.english;

import java.util.Map;
import java.util.Optional;

/// Phonemes of CMUdict (ARPAbet) in the alphabet of this front end, American.
final class CmuPhonemes {
  private static final Map<String, String> CONSONANTS =
      Map.ofEntries(
          Map.entry("B", "b"),
          Map.entry("CH", "ʧ"),
          Map.entry("D", "d"),
          Map.entry("DH", "ð"),
          Map.entry("F", "f"),
          Map.entry("G", "ɡ"),
          Map.entry("HH", "h"),
          Map.entry("JH", "ʤ"),
          Map.entry("K", "k"),
          Map.entry("L", "l"),
          Map.entry("M", "m"),
          Map.entry("N", "n"),
          Map.entry("NG", "ŋ"),
          Map.entry("P", "p"),
          Map.entry("R", "ɹ"),
          Map.entry("S", "s"),
          Map.entry("SH", "ʃ"),
          Map.entry("T", "t"),
          Map.entry("TH", "θ"),
          Map.entry("V", "v"),
          Map.entry("W", "w"),
          Map.entry("Y", "j"),
          Map.entry("Z", "z"),
          Map.entry("ZH", "ʒ"));

  private static final Map<String, String> VOWELS =
      Map.ofEntries(
          Map.entry("AA", "ɑ"),
          Map.entry("AE", "æ"),
          Map.entry("AH", "ʌ"),
          Map.entry("AO", "ɔ"),
          Map.entry("AW", "W"),
          Map.entry("AY", "I"),
          Map.entry("EH", "ɛ"),
          Map.entry("ER", "ɜɹ"),
          Map.entry("EY", "A"),
          Map.entry("IH", "ɪ"),
          Map.entry("IY", "i"),
          Map.entry("OW", "O"),
          Map.entry("OY", "Y"),
          Map.entry("UH", "ʊ"),
          Map.entry("UW", "u"));

  private CmuPhonemes() {}

  /// A pronunciation, symbols apart by blanks; empty when one is none of the 39.
  static Optional<String> read(String arpabet) {
    String[] symbols = arpabet.strip().split("\\s+", -1);
    StringBuilder made = new StringBuilder();
    for (int i = 0; i < symbols.length; i++) {
      String consonant = CONSONANTS.get(symbols[i]);
      if (consonant != null) {
        made.append(isFlap(symbols, i) ? "ɾ" : consonant);
        continue;
      }
      int length = symbols[i].length();
      String vowel = length == 3 ? VOWELS.get(symbols[i].substring(0, 2)) : null;
      if (vowel == null) {
        return Optional.empty();
      }
      switch (symbols[i].charAt(2)) {
        case '0' -> made.append(reduced(symbols, i, vowel));
        case '1' -> made.append(Phonemes.PRIMARY).append(vowel);
        default -> made.append(Phonemes.SECONDARY).append(vowel);
      }
    }
    return Optional.of(made.toString());
  }

  /// T after a vowel or R, before an unstressed vowel.
  private static boolean isFlap(String[] symbols, int at) {
    return symbols[at].equals("T")
        && at > 0
        && at + 1 < symbols.length
        && (isVowel(symbols[at - 1]) || symbols[at - 1].equals("R"))
        && symbols[at + 1].endsWith("0")
        && !(symbols[at + 1].equals("AH0")
            && at + 2 < symbols.length
            && symbols[at + 2].equals("N"));
  }

  private static String reduced(String[] symbols, int at, String vowel) {
    String next = at + 1 < symbols.length ? symbols[at + 1] : "";
    boolean last = at + 2 == symbols.length;
    boolean afterConsonant = at > 0 && !isVowel(symbols[at - 1]);
    return switch (symbols[at]) {
      case "AH0" ->
          afterConsonant
                  && (next.equals("L") || (next.equals("N") && !symbols[at - 1].equals("L")))
                  && (last || !isVowel(symbols[at + 2]))
              ? "ᵊ"
              : "ə";
      case "ER0" -> "əɹ";
      case "IH0" -> last && (next.equals("Z") || next.equals("D")) ? "ᵻ" : vowel;
      default -> vowel;
    };
  }

  private static boolean isVowel(String symbol) {
    return Character.isDigit(symbol.charAt(symbol.length() - 1));
  }
}
