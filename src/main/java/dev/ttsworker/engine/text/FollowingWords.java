package dev.ttsworker.engine.text;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Word classes that decide about the full stop before or after them.
final class FollowingWords {
  /// Word classes; the resource file explains each.
  enum Kind {
    STARTS("[starts a sentence]"),
    OFTEN_STARTS("[often starts a sentence]"),
    COMMAND("[command]"),
    IS_SENTENCE("[ends a sentence]"),
    AFTER_TIME("[after a time]"),
    AFTER_COMPANY("[after a company]"),
    AFTER_PERSON("[after a person]"),
    ARTICLE("[before a noun]"),
    MONTH("[months]"),
    NAME_BEFORE("[names before a stop]"),
    NAME_BEHIND("[names behind a stop]");

    private final String heading;

    Kind(String heading) {
      this.heading = heading;
    }
  }

  private static final String RESOURCE = "following-words.txt";
  private static final Map<Kind, Set<String>> WORDS = load();

  private FollowingWords() {}

  /// Whether the word, in any case, is of that class.
  static boolean is(String word, Kind kind) {
    return WORDS.getOrDefault(kind, Set.of()).contains(word.toLowerCase(Locale.ROOT));
  }

  /// Whether a word of that class has this prefix.
  static boolean begins(String start, Kind kind) {
    String small = start.toLowerCase(Locale.ROOT);
    return WORDS.getOrDefault(kind, Set.of()).stream().anyMatch(word -> word.startsWith(small));
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
