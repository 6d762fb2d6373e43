package dev.ttsworker.engine.text.normalization.language;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Genders of nouns in a text: by a list, else by their ending. Immutable.
final class Genders {
  private static final int SHORTEST = 3;

  private final Map<String, String> words = new LinkedHashMap<>();
  private final Map<String, String> endings;

  private final Set<String> none;
  private final boolean capitals;

  Genders(LanguageData data) {
    none = data.section("no nouns").keySet();
    capitals = data.setting("nouns have capitals", "no").equals("yes");
    data.sectionsOf("nouns ")
        .forEach((gender, nouns) ->
            nouns.keySet().forEach(n -> words.put(n.toLowerCase(Locale.ROOT), gender)));
    endings = data.values("noun endings");
  }

  /// The gender of a listed noun.
  Optional<String> ofListed(String noun) {
    return Optional.ofNullable(words.get(noun.toLowerCase(Locale.ROOT)));
  }

  /// The form of a number before a word: the gender of that word, the masculine for a word of which
  /// it is not known, the form without a noun before a word that is none.
  String before(String word) {
    String small = word.toLowerCase(Locale.ROOT);
    if (none.contains(small) || (capitals && !Character.isUpperCase(word.charAt(0)))) {
      return Numerals.COUNTING;
    }
    return of(small).orElse("m");
  }

  /// The gender of a noun as far as it is known.
  Optional<String> of(String noun) {
    String small = noun.toLowerCase(Locale.ROOT);
    return ofListed(small)
        .or(() ->
            endings.entrySet().stream()
                .filter(ending -> small.length() >= SHORTEST && small.endsWith(ending.getKey()))
                .map(Map.Entry::getValue)
                .findFirst());
  }
}
