package dev.ttsworker.engine.text.normalization.language;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Genders of nouns in a text: by a list, else by their ending. Immutable.
final class Genders {
  private static final int SHORTEST = 3;

  /// Endings of the singular; the section of a case has its name after that.
  private static final String OF_ONE = "noun endings of one";

  private final Map<String, String> words = new LinkedHashMap<>();
  private final Map<String, String> endings;
  private final Map<String, Map<String, String>> singularEndings = new HashMap<>();
  private final Map<String, String> adjectives;

  private final Set<String> none;
  private final boolean capitals;

  Genders(LanguageData data) {
    none = data.section("no nouns").keySet();
    capitals = data.setting("nouns have capitals", "no").equals("yes");
    data.sectionsOf("nouns ")
        .forEach((gender, nouns) ->
            nouns.keySet().forEach(n -> words.put(n.toLowerCase(Locale.ROOT), gender)));
    endings = data.values("noun endings");
    data.sectionsOf(OF_ONE)
        .keySet()
        .forEach(name -> singularEndings.put(name.strip(), data.values(OF_ONE + name)));
    adjectives = data.values("adjective endings");
  }

  /// The gender of a listed noun.
  Optional<String> ofListed(String noun) {
    return Optional.ofNullable(words.get(noun.toLowerCase(Locale.ROOT)));
  }

  /// The form of a number before a word: the gender of that word, the masculine for a word of which
  /// it is not known, the form without a noun before a word that is none.
  ///
  /// @param following the word after it, the noun if it is an adjective; may be empty
  /// @param one whether the number is 1
  /// @param in the case of both
  String before(String word, String following, boolean one, GrammaticalCase in) {
    String small = word.toLowerCase(Locale.ROOT);
    if (none.contains(small)) {
      return Numerals.COUNTING;
    }
    if (isAdjective(word) && isNoun(following)) {
      return of(following, one, in)
          .or(() -> byEnding(small, adjectives).filter(_ -> one))
          .orElse("m");
    }
    return isNoun(word) ? of(small, one, in).orElse("m") : Numerals.COUNTING;
  }

  /// Whether a word looks like an adjective by its ending; in German it has no capital.
  boolean isAdjective(String word) {
    return byEnding(word, adjectives).isPresent()
        && !isNone(word)
        && ofListed(word).isEmpty()
        && !(capitals && isNoun(word));
  }

  /// Whether a word may be a noun: in German one has a capital.
  boolean isNoun(String word) {
    return !word.isEmpty() && (!capitals || Character.isUpperCase(word.charAt(0)));
  }

  /// Whether a word is known to be no noun.
  boolean isNone(String word) {
    return none.contains(word.toLowerCase(Locale.ROOT));
  }

  /// The gender of a noun as far as it is known.
  ///
  /// @param one whether it is in the singular
  Optional<String> of(String noun, boolean one, GrammaticalCase in) {
    String small = noun.toLowerCase(Locale.ROOT);
    return ofListed(small)
        .or(() -> one ? byEnding(small, singularEndings(in)) : Optional.empty())
        .or(() -> byEnding(small, endings));
  }

  private Map<String, String> singularEndings(GrammaticalCase in) {
    Map<String, String> nominative = singularEndings.getOrDefault("", Map.of());
    return singularEndings.getOrDefault(in.name(), nominative);
  }

  private static Optional<String> byEnding(String small, Map<String, String> endings) {
    return endings.entrySet().stream()
        .filter(ending -> small.length() >= SHORTEST && small.endsWith(ending.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
