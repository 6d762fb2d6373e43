package dev.ttsworker.engine.text.normalization.language;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The written cases of the languages: one file for each, in it classes in brackets and lines
/// `input → spoken`, where `=` stands for what does not change. A line that begins with `BR: `,
/// `PT: ` or `MX: ` holds in that country only. A line that begins with `wrong: ` is known to be
/// said in another way.
final class LanguageCases {
  static final List<String> LANGUAGES = List.of("de", "fr", "es", "it", "pt", "nl", "pl");

  private static final String ARROW = " → ";
  private static final String WRONG = "wrong: ";
  private static final Map<String, String> COUNTRIES =
      Map.of("BR: ", "pt-br", "PT: ", "pt-pt", "MX: ", "es-mx");

  private LanguageCases() {}

  /// One case of one tag.
  ///
  /// @param wrong whether it is known to be said in another way
  record Case(String tag, String group, String input, String spoken, boolean wrong) {
    boolean isChanged() {
      return !input.equals(spoken);
    }
  }

  static List<Case> all() {
    return LANGUAGES.stream().flatMap(language -> of(language).stream()).toList();
  }

  static List<Case> of(String language) {
    List<Case> cases = new ArrayList<>();
    String group = "";
    for (String line : lines(language + ".txt")) {
      if (line.startsWith("[")) {
        group = line.substring(1, line.length() - 1);
      } else if (!line.isBlank()) {
        cases.addAll(read(language, group, line));
      }
    }
    return cases;
  }

  /// The lines of a file of cases.
  static List<String> lines(String resource) {
    try (InputStream file = LanguageCases.class.getResourceAsStream("cases/" + resource)) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Case> read(String language, String group, String line) {
    boolean wrong = line.startsWith(WRONG);
    String text = wrong ? line.substring(WRONG.length()) : line;
    List<String> tags = language.equals("pt") ? List.of("pt-br", "pt-pt") : List.of(language);
    String country = text.length() > 4 ? COUNTRIES.getOrDefault(text.substring(0, 4), "") : "";
    if (!country.isEmpty()) {
      tags = List.of(country);
      text = text.substring(4);
    }
    int arrow = text.lastIndexOf(ARROW);
    if (arrow < 0) {
      throw new IllegalArgumentException(language + ".txt has a line without an arrow: " + line);
    }
    String input = text.substring(0, arrow);
    String right = text.substring(arrow + ARROW.length());
    return tags.stream()
        .map(tag -> new Case(tag, group, input, right.equals("=") ? input : right, wrong))
        .toList();
  }
}
