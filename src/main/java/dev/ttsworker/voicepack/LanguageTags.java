package dev.ttsworker.voicepack;

import java.util.Collection;
import java.util.IllformedLocaleException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Language tags (BCP 47) of voices.
public final class LanguageTags {
  private LanguageTags() {}

  /// `en_US`, `en-us` and the like as `en-US`; empty when it is no language.
  public static Optional<String> parse(String name) {
    try {
      String tag = name.strip().replace('_', '-');
      Locale locale = new Locale.Builder().setLanguageTag(tag).build();
      return locale.getLanguage().isEmpty() ? Optional.empty() : Optional.of(tagOf(locale));
    } catch (IllformedLocaleException e) {
      return Optional.empty();
    }
  }

  /// The tags themselves, then their bare languages: `en-US` becomes `en-US`, `en`.
  public static List<String> expand(Collection<String> tags) {
    Set<String> expanded = new LinkedHashSet<>(tags);
    for (String tag : tags) {
      expanded.add(Locale.forLanguageTag(tag).getLanguage());
    }
    return List.copyOf(expanded);
  }

  /// The languages of a voice of which only such names are known.
  ///
  /// @param names of which the first that is a language counts
  public static List<String> ofFirst(String... names) {
    return Stream.of(names)
        .flatMap(name -> parse(name).stream())
        .findFirst()
        .map(tag -> expand(List.of(tag)))
        .orElse(List.of());
  }

  private static String tagOf(Locale locale) {
    return locale.stripExtensions().toLanguageTag();
  }
}
