package dev.ttsworker.engine.text.normalization.language;

import dev.ttsworker.engine.text.normalization.Normalizer;
import dev.ttsworker.engine.text.normalization.Normalizers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Text normalizers of the languages that have data, read when a voice of the language first asks.
/// Thread-safe.
public final class LanguageNormalizers {
  /// Files of each tag; a later file replaces what an earlier one has.
  private static final Map<String, List<String>> FILES =
      Map.ofEntries(
          Map.entry("de", List.of("de.txt")),
          Map.entry("fr", List.of("fr.txt")),
          Map.entry("es", List.of("es.txt")),
          Map.entry("es-419", List.of("es.txt", "es-mx.txt")),
          Map.entry("es-mx", List.of("es.txt", "es-mx.txt")),
          Map.entry("es-us", List.of("es.txt", "es-mx.txt")),
          Map.entry("it", List.of("it.txt")),
          Map.entry("pt", List.of("pt.txt", "pt-pt.txt")),
          Map.entry("pt-br", List.of("pt.txt")),
          Map.entry("nl", List.of("nl.txt")),
          Map.entry("pl", List.of("pl.txt")));

  private final Map<List<String>, Normalizer> read = new ConcurrentHashMap<>();

  /// Normalizers of all languages.
  public static Normalizers all() {
    return new Normalizers(new LanguageNormalizers()::find);
  }

  /// The normalizer of a tag, or of its language.
  ///
  /// @param tag BCP 47, in small letters
  Optional<Normalizer> find(String tag) {
    List<String> files = files(tag);
    return files.isEmpty()
        ? Optional.empty()
        : Optional.of(
            read.computeIfAbsent(files, _ -> new LanguageNormalizer(Language.read(files))));
  }

  /// The files of a tag, or of its language; none for other languages.
  static List<String> files(String tag) {
    List<String> exact = FILES.get(tag);
    return exact == null ? FILES.getOrDefault(tag.split("-", -1)[0], List.of()) : exact;
  }
}
