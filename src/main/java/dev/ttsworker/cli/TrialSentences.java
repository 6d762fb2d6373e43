package dev.ttsworker.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Sentences to try voices with: three for each language that has some, else the English ones.
final class TrialSentences {
  private static final String RESOURCE = "trial-sentences.tsv";
  private static final String ENGLISH = "en";

  /// Languages that are read by the sentences of another.
  private static final Map<String, String> SAME = Map.of("nb", "no", "nn", "no");

  private final Map<String, List<String>> sentences = new TreeMap<>();

  TrialSentences() {
    try (InputStream input = TrialSentences.class.getResourceAsStream(RESOURCE)) {
      if (input == null) {
        throw new IllegalStateException("no resource " + RESOURCE);
      }
      String text = new String(input.readAllBytes(), StandardCharsets.UTF_8);
      text.lines().filter(line -> !line.startsWith("#")).forEach(this::add);
    } catch (IOException e) {
      throw new IllegalStateException("resource " + RESOURCE, e);
    }
  }

  private void add(String line) {
    int tab = line.indexOf('\t');
    sentences
        .computeIfAbsent(line.substring(0, tab), _ -> new ArrayList<>())
        .add(line.substring(tab + 1));
  }

  /// The languages that have sentences.
  List<String> languages() {
    return List.copyOf(sentences.keySet());
  }

  /// The sentences for a voice.
  ///
  /// @param tags BCP 47, of which the first counts
  List<String> of(List<String> tags) {
    String language =
        tags.isEmpty() ? ENGLISH : Locale.forLanguageTag(tags.getFirst()).getLanguage();
    List<String> own = sentences.get(SAME.getOrDefault(language, language));
    return own == null ? sentences.getOrDefault(ENGLISH, List.of()) : own;
  }
}
