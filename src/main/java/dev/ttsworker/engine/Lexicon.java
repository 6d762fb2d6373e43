package dev.ttsworker.engine;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Lexicon: pronunciation overrides of words and of short runs of words. An entry in small letters
/// is for a word however it is written, one with a capital for exactly that. Of entries that begin
/// at the same place the longest counts. Immutable.
public final class Lexicon {
  /// The lexicon without entries.
  public static final Lexicon EMPTY = new Lexicon(Map.of(), null);

  private final Map<String, PronunciationOverride> sayings;
  private final @Nullable Lexicon below;

  /// First tokens in small letters of keys that have several, and how many these have at most.
  private final Map<String, Integer> longest;

  private Lexicon(Map<String, PronunciationOverride> sayings, @Nullable Lexicon below) {
    this.sayings = Map.copyOf(sayings);
    this.below = below;
    this.longest = longest(this.sayings.keySet());
  }

  private static Map<String, Integer> longest(Set<String> keys) {
    Map<String, Integer> longest = new HashMap<>();
    for (String key : keys) {
      int end = LexiconTokens.tokenEnd(key, 0, key.length());
      if (end < key.length()) {
        String first = key.substring(0, end).toLowerCase(Locale.ROOT);
        int tokens = 1;
        for (; end < key.length(); end = LexiconTokens.tokenEnd(key, end, key.length())) {
          tokens++;
        }
        longest.merge(first, tokens, Math::max);
      }
    }
    return Map.copyOf(longest);
  }

  /// One with entries whose words and sayings were checked.
  static Lexicon of(Map<String, PronunciationOverride> sayings) {
    return sayings.isEmpty() ? EMPTY : new Lexicon(sayings, null);
  }

  /// This one, and what `other` says of words that it does not have. Copies nothing large: each
  /// session has one over the worker's.
  public Lexicon over(Lexicon other) {
    if (isEmpty()) {
      return other;
    }
    return other.isEmpty() ? this : new Lexicon(sayings, other);
  }

  public boolean isEmpty() {
    return sayings.isEmpty() && below == null;
  }

  /// Phonemes that its own entries have, each with the first key in the order of keys that has it.
  public Map<String, String> symbols() {
    Map<String, String> symbols = new TreeMap<>();
    sayings.forEach((word, saying) -> {
      if (saying instanceof PronunciationOverride.Ipa ipa) {
        ipa.phonemes()
            .codePoints()
            .mapToObj(Character::toString)
            .forEach(symbol ->
                symbols.merge(symbol, word, (one, two) -> one.compareTo(two) <= 0 ? one : two));
      }
    });
    return symbols;
  }

  /// The same with those of the lexicon that comes after this one.
  public Map<String, String> allSymbols() {
    Map<String, String> symbols = new TreeMap<>(below == null ? Map.of() : below.allSymbols());
    symbols.putAll(symbols());
    return symbols;
  }

  /// How many words it has of its own.
  public int size() {
    return sayings.size();
  }

  /// Most tokens of an entry whose first token is this.
  ///
  /// @param first in small letters
  public int mostTokens(String first) {
    int own = longest.getOrDefault(first, 0);
    return below == null ? own : Math.max(own, below.mostTokens(first));
  }

  /// The override of a word or short run of words, as written or in small letters.
  ///
  /// @param word as [LexiconTokens#key] gives it
  public Optional<PronunciationOverride> find(String word) {
    PronunciationOverride exact = entry(word);
    return Optional.ofNullable(exact != null ? exact : entry(word.toLowerCase(Locale.ROOT)));
  }

  private @Nullable PronunciationOverride entry(String word) {
    PronunciationOverride own = sayings.get(word);
    return own != null || below == null ? own : below.entry(word);
  }
}
