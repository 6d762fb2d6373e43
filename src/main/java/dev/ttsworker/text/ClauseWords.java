package dev.ttsworker.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What a word says about the comma near it. A word of a language without a list says nothing.
final class ClauseWords {
  /// Kinds of words, as the resource explains them.
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

  /// Whether the word, in lower case, is of that kind.
  static boolean is(String word, Kind kind) {
    return WORDS.getOrDefault(kind, Set.of()).contains(word);
  }

  /// Whether a clause that begins with the word has not got further yet.
  static boolean isConjunction(String word) {
    return is(word, Kind.CLAUSE) || is(word, Kind.NEEDS_SUBJECT) || is(word, Kind.JOINS);
  }

  private static Map<Kind, Set<String>> load() {
    Map<Kind, Set<String>> words = new EnumMap<>(Kind.class);
    try (BufferedReader lines = open()) {
      Set<String> section = new HashSet<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("[")) {
          section = words.computeIfAbsent(kindOf(line), _ -> new HashSet<>());
        } else if (!line.startsWith("#") && !line.isBlank()) {
          section.addAll(Set.of(line.strip().split("\\s+", -1)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the resource " + RESOURCE, e);
    }
    return words;
  }

  private static BufferedReader open() throws IOException {
    InputStream stream = ClauseWords.class.getResourceAsStream(RESOURCE);
    if (stream == null) {
      throw new IOException("the resource " + RESOURCE + " is missing");
    }
    return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
  }

  private static Kind kindOf(String heading) {
    for (Kind kind : Kind.values()) {
      if (kind.heading.equals(heading)) {
        return kind;
      }
    }
    throw new IllegalStateException(RESOURCE + " has an unknown heading " + heading);
  }
}
