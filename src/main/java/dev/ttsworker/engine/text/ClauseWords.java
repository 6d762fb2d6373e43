package dev.ttsworker.engine.text;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Word classes that decide about the comma near them: conjunctions, pronouns, determiners.
/// Languages without a list have none.
final class ClauseWords {
  /// Word classes; the resource file explains each.
  enum Kind {
    CLAUSE("[clause]"),
    NEEDS_SUBJECT("[clause with a subject]"),
    JOINS("[joins]"),
    OPENER("[opener]"),
    PRONOUN("[pronoun]"),
    DETERMINER("[determiner]");

    private final String heading;

    Kind(String heading) {
      this.heading = heading;
    }
  }

  private static final String RESOURCE = "clause-words.txt";
  private static final Map<Kind, Set<String>> WORDS = load();

  private ClauseWords() {}

  /// Whether the word, in lower case, is of that class.
  static boolean is(String word, Kind kind) {
    return WORDS.getOrDefault(kind, Set.of()).contains(word);
  }

  /// Whether the word is a conjunction: a clause that consists of it alone has only begun.
  static boolean isConjunction(String word) {
    return is(word, Kind.CLAUSE) || is(word, Kind.NEEDS_SUBJECT) || is(word, Kind.JOINS);
  }

  private static Map<Kind, Set<String>> load() {
    Map<Kind, Set<String>> words = new EnumMap<>(Kind.class);
    Sections.read(RESOURCE)
        .forEach((heading, lines) ->
            words.put(
                kindOf(heading),
                lines.stream()
                    .flatMap(line -> Arrays.stream(line.split("\\s+", -1)))
                    .collect(Collectors.toUnmodifiableSet())));
    return words;
  }

  private static Kind kindOf(String heading) {
    return Arrays.stream(Kind.values())
        .filter(kind -> kind.heading.equals(heading))
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException(RESOURCE + " has an unknown heading " + heading));
  }
}
