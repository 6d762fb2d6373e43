package dev.ttsworker.engine.g2p.english;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Pronunciations of a heteronym's classes: for each the nearest one of the lexicon, and where two
/// classes would have the same, the labelled one in this alphabet.
final class HeteronymPronunciations {
  private static final String[] TAGS = {
    "NN", "NNS", "NNP", "VB", "VBD", "VBN", "VBP", "JJ", "RB", "DT"
  };
  private static final int FAR = 3;

  private HeteronymPronunciations() {}

  /// The pronunciation of each label, in their order.
  ///
  /// @param labels IPA by label
  static List<String> of(String word, Map<String, String> labels, Lexicon lexicon) {
    Set<String> candidates = new LinkedHashSet<>();
    for (String tag : TAGS) {
      for (Following following :
          List.of(Following.END, new Following(Following.Sound.CONSONANT, false))) {
        lexicon.pronounce(word, tag, following).ifPresent(candidates::add);
      }
    }
    List<String> own =
        labels.values().stream().map(ipa -> converted(ipa, lexicon.accent())).toList();
    List<String> chosen = new ArrayList<>();
    for (int i = 0; i < own.size(); i++) {
      Optional<String> nearest = nearest(own.get(i), candidates);
      int label = i;
      boolean mine =
          nearest.isPresent()
              && own.stream()
                  .allMatch(other ->
                      other.equals(own.get(label))
                          || distance(other, nearest.get())
                              > distance(own.get(label), nearest.get())
                          || !nearest(other, candidates).equals(nearest));
      chosen.add(mine ? nearest.get() : own.get(i));
    }
    return chosen;
  }

  private static String converted(String ipa, Accent accent) {
    // The data writes all reduced vowels alike.
    String american =
        EnglishIpa.toAlphabet(ipa, Accent.AMERICAN)
            .replace("ˈəɹ", "ˈɜɹ")
            .replaceAll("ə(?=ŋ|[kʃ]$)|^ə(?=ks|mp)", "ɪ");
    return accent == Accent.BRITISH ? BritishPhonemes.ofAmerican(american) : american;
  }

  private static Optional<String> nearest(String phonemes, Set<String> candidates) {
    String best = "";
    int least = FAR + 1;
    for (String candidate : candidates) {
      int distance = distance(phonemes, candidate);
      if (distance < least) {
        least = distance;
        best = candidate;
      }
    }
    return best.isEmpty() ? Optional.empty() : Optional.of(best);
  }

  /// Edit distance without secondary stress, length and the finer differences of vowels.
  static int distance(String one, String other) {
    String left = folded(one);
    String right = folded(other);
    int[] row = new int[right.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int substituted = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[right.length()];
  }

  private static String folded(String phonemes) {
    return phonemes
        .replaceAll("[ːˌ]", "")
        .replaceAll("[ɾT]", "t")
        .replaceAll("[ɔɒ]", "ɑ")
        .replace('Q', 'O')
        .replace('a', 'æ')
        .replaceAll("[ᵊʌ]", "ə")
        .replaceAll("[ᵻ]", "ɪ");
  }
}
