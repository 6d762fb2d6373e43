package dev.ttsworker.engine.g2p.english;

/// American phonemes made British, for words of which only the American pronunciation is known: no
/// `ɹ` before consonants and at the end, length marks, `Q` for `O`, `ɒ` for the short `ɑ`.
final class BritishPhonemes {
  private BritishPhonemes() {}

  /// @param american as in the American lexicon
  static String ofAmerican(String american) {
    StringBuilder made = new StringBuilder();
    for (int i = 0; i < american.length(); i++) {
      char c = american.charAt(i);
      boolean r = i + 1 < american.length() && american.charAt(i + 1) == 'ɹ';
      boolean linking = r && Phonemes.isVowelAt(american, i + 2);
      if (r && "ɑɔɜəɛɪʊ".indexOf(c) >= 0) {
        made.append(beforeR(c, linking));
        i += linking ? 0 : 1;
      } else {
        made.append(plain(american, i));
      }
    }
    return made.toString();
  }

  private static String beforeR(char vowel, boolean linking) {
    return switch (vowel) {
      case 'ɑ' -> "ɑː";
      case 'ɔ' -> "ɔː";
      case 'ɜ' -> "ɜː";
      case 'ɛ' -> linking ? "ɛ" : "ɛː";
      case 'ɪ' -> linking ? "ɪ" : "ɪə";
      case 'ʊ' -> linking ? "ʊ" : "ʊə";
      default -> "ə";
    };
  }

  private static String plain(String american, int at) {
    char c = american.charAt(at);
    boolean stressed = at > 0 && Phonemes.isStress(american.charAt(at - 1));
    return switch (c) {
      case 'O' -> "Q";
      case 'æ' -> "a";
      case 'ɑ' -> "ɒ";
      case 'ɔ' -> "ɔː";
      case 'u' -> "uː";
      case 'i' -> stressed ? "iː" : "i";
      case 'ᵻ' -> "ɪ";
      case 'ɾ', 'T' -> "t";
      default -> String.valueOf(c);
    };
  }
}
