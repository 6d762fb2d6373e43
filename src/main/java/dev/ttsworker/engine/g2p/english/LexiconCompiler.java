package dev.ttsworker.engine.g2p.english;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Compiler of the lexicons: misaki's gold lexicon of an accent, with its pronunciations by part of
/// speech, and those words of CMUdict that a gold lexicon lacks.
final class LexiconCompiler {
  private static final String DEFAULT = "DEFAULT";

  /// `word P1 P2 # comment` as in CMUdict's own file, or `"word": "P1 P2",` as in a JavaScript
  /// module.
  private static final Pattern CMU_LINE =
      Pattern.compile(
          "\\s*\"?([a-z'][a-z'.-]*)(?:\"\\s*:\\s*\"|\\s+)([A-Z0-2 ]+?)\\s*(?:#.*|\",?)?");

  private LexiconCompiler() {}

  /// Entries of a gold lexicon, in the notation of [Lexicon].
  ///
  /// @throws IllegalArgumentException when it is something else
  static Map<String, String> gold(JsonNode lexicon) {
    Map<String, String> entries = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : lexicon.properties()) {
      JsonNode value = entry.getValue();
      if (value.isString()) {
        entries.put(entry.getKey(), value.asString());
      } else if (value.isObject() && value.has(DEFAULT)) {
        entries.put(entry.getKey(), variants(value));
      } else if (!value.isNull()) {
        throw new IllegalArgumentException(
            "entry '%s' is no pronunciation".formatted(entry.getKey()));
      }
    }
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("it has no entries");
    }
    return entries;
  }

  private static String variants(JsonNode value) {
    StringBuilder made = new StringBuilder(value.path(DEFAULT).asString(""));
    Map<String, String> others = new TreeMap<>();
    value.properties().forEach(other -> others.put(other.getKey(), other.getValue().asString("")));
    others.remove(DEFAULT);
    others.forEach((tag, phonemes) ->
        made.append(Lexicon.VARIANT).append(tag).append(Lexicon.IS).append(phonemes));
    return made.toString();
  }

  /// American pronunciations of CMUdict for the words that one of the lexicons lacks; the first
  /// variant of each.
  ///
  /// @throws IllegalArgumentException when hardly a line is one of CMUdict
  static Map<String, String> cmu(List<String> lines, List<Map<String, String>> gold) {
    Map<String, String> entries = new HashMap<>();
    int read = 0;
    for (String line : lines) {
      Matcher matcher = CMU_LINE.matcher(line);
      if (!matcher.matches()) {
        continue;
      }
      read++;
      String word = matcher.group(1);
      if (gold.stream().allMatch(lexicon -> has(lexicon, word))) {
        continue;
      }
      Optional<String> phonemes = CmuPhonemes.read(matcher.group(2));
      phonemes.ifPresent(made -> entries.putIfAbsent(word, made));
    }
    if (2 * read < lines.size()) {
      throw new IllegalArgumentException(
          "only %d of %d lines are of CMUdict".formatted(read, lines.size()));
    }
    return entries;
  }

  private static boolean has(Map<String, String> lexicon, String word) {
    String capitalised = word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    return lexicon.containsKey(word) || lexicon.containsKey(capitalised);
  }
}
