package dev.ttsworker.engine.text.normalization.language;

import dev.ttsworker.engine.text.normalization.BoundedPattern;
import dev.ttsworker.engine.text.normalization.Cursor;
import java.util.Map;
import java.util.Optional;

/// What an amount is for: `/h`, `/Monat`. Immutable.
final class PerUnit {
  private final Map<String, String> words;
  private final BoundedPattern slash;

  /// @param words with a blank before them
  record Said(int end, String words) {}

  PerUnit(Language language) {
    words = language.data().values("per");
    slash =
        BoundedPattern.of(
            " ?/ ?(?<per>" + Language.anyOf(words.keySet()) + ")(?![\\p{L}\\p{N}_²³/])");
  }

  Optional<Said> at(Cursor text, int at) {
    return words.isEmpty()
        ? Optional.empty()
        : slash
            .at(text, at)
            .map(m -> new Said(m.end(), " " + words.getOrDefault(m.group("per"), "")));
  }
}
