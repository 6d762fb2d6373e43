package dev.ttsworker.config.value;

import dev.ttsworker.error.EditDistance;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Spelling suggestion for a misspelt word.
public final class NearMatch {
  private static final int LONGEST = 80;
  private static final Pattern NUMBERED = Pattern.compile("[:_ ]?[0-9]{1,4}$");

  private NearMatch() {}

  /// The candidate with the fewest edits, when that is at most a third of the word (two letters are
  /// always forgiven in words of four or more); a word cut short counts as one edit.
  public static Optional<String> of(String word, Collection<String> candidates) {
    if (word.isEmpty() || word.length() > LONGEST) {
      return Optional.empty();
    }
    String wanted = normal(word);
    int forgiven = Math.max(word.length() < 4 ? 1 : 2, word.length() / 3);
    return candidates.stream()
        .filter(candidate -> distance(wanted, candidate) <= forgiven)
        .min(
            Comparator.comparingInt((String candidate) -> distance(wanted, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  /// "; did you mean …?", or nothing.
  ///
  /// @param meanings words, in small letters, to the candidate that they mean however they are
  ///   spelt; a number behind the word, as in `gpu:0`, changes nothing
  static String question(String word, Collection<String> candidates, Map<String, String> meanings) {
    String bare = NUMBERED.matcher(normal(word.strip())).replaceFirst("");
    return Optional.ofNullable(meanings.get(bare))
        .or(() -> of(word.strip(), candidates))
        .map(near -> "; did you mean " + near + "?")
        .orElse("");
  }

  private static int distance(String wanted, String candidate) {
    String other = normal(candidate);
    return wanted.length() >= 3 && other.startsWith(wanted)
        ? 1
        : EditDistance.between(wanted, other);
  }

  private static String normal(String word) {
    return word.toLowerCase(Locale.ROOT).replace('-', '_');
  }
}
