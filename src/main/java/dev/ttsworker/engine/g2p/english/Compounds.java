package dev.ttsworker.engine.g2p.english;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Stress of compounds whose parts were looked up one by one: as many as half of the parts lose
/// their primary stress, the lightest first. Parts of different kinds (letters, digits, signs) are
/// words of their own. Stateless.
final class Compounds {
  private static final String NEUTRAL = "',-._‘’/";

  private Compounds() {}

  /// Adjusts the tokens `from` to `to`.
  static void adjust(List<Token> tokens, int from, int to, Sounds sounds) {
    if (to - from < 2) {
      return;
    }
    if (isMixed(tokens.subList(from, to))) {
      for (int i = from + 1; i < to; i++) {
        sounds.setApart(i);
      }
      return;
    }
    List<Integer> parts = new ArrayList<>();
    int stressed = 0;
    for (int i = from; i < to; i++) {
      if (!sounds.phonemes(i).isEmpty()) {
        parts.add(i);
        stressed += Phonemes.hasPrimary(sounds.phonemes(i)) ? 1 : 0;
      }
    }
    if (parts.size() == 2 && tokens.get(parts.getFirst()).text().length() == 1) {
      reduce(parts.get(1), sounds);
    } else if (parts.size() >= 2 && stressed > (parts.size() + 1) / 2) {
      parts.sort(
          Comparator.<Integer>comparingInt(i -> Phonemes.hasPrimary(sounds.phonemes(i)) ? 1 : 0)
              .thenComparingInt(i -> Phonemes.weight(sounds.phonemes(i))));
      parts.subList(0, parts.size() / 2).forEach(i -> reduce(i, sounds));
    }
  }

  private static void reduce(int token, Sounds sounds) {
    sounds.set(token, Stress.REDUCED.apply(sounds.phonemes(token)));
  }

  private static boolean isMixed(List<Token> tokens) {
    int kinds = 0;
    for (Token token : tokens) {
      for (int i = 0; i < token.text().length(); i++) {
        char c = token.text().charAt(i);
        if (c == '/') {
          return true;
        }
        if (NEUTRAL.indexOf(c) < 0) {
          kinds |= Character.isLetter(c) ? 1 : Character.isDigit(c) ? 2 : 4;
        }
      }
    }
    return Integer.bitCount(kinds) > 1;
  }
}
