package dev.ttsworker.engine.text;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Word list with endings: `nr` is a word, `*nr` every longer word that ends so. Small letters
/// stand for both cases. Immutable.
final class WordList {
  private static final String ANY = "*";

  private final Set<String> words;
  private final List<String> endings;

  /// @param entries words and endings
  WordList(List<String> entries) {
    Predicate<String> ending = entry -> entry.startsWith(ANY);
    words = entries.stream().filter(ending.negate()).collect(Collectors.toUnmodifiableSet());
    endings = entries.stream().filter(ending).map(entry -> entry.substring(1)).toList();
  }

  /// Whether the list has the word, as it is written or in small letters.
  boolean has(String written) {
    String small = written.toLowerCase(Locale.ROOT);
    return words.contains(written)
        || words.contains(small)
        || endings.stream().anyMatch(end -> small.length() > end.length() && small.endsWith(end));
  }
}
