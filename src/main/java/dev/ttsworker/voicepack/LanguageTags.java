package dev.ttsworker.voicepack;

import java.util.Collection;
import java.util.IllformedLocaleException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Language names of voices as BCP 47 tags.
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

  /// The languages of a voice whose `.onnx.json` is all that is known.
  static List<String> of(PiperConfig config) {
    return parse(config.languageCode())
        .or(() -> parse(config.espeakVoice()))
        .map(tag -> expand(List.of(tag)))
        .orElse(List.of());
  }

  private static String tagOf(Locale locale) {
    return locale.stripExtensions().toLanguageTag();
  }
}
