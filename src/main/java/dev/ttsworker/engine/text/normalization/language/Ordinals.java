package dev.ttsworker.engine.text.normalization.language;

import dev.ttsworker.engine.text.normalization.Cursor;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Forms of ordinals by the words before them: `am` asks for another ending than `der`. Immutable.
final class Ordinals {
  /// The rule set.
  static final String SET = "ordinal";

  private final Language language;
  private final Map<String, String> words;

  Ordinals(Language language) {
    this.language = language;
    this.words = language.data().values("ordinal words");
  }

  /// The form that the words before an index ask for.
  Optional<String> formAfter(Cursor text, int at) {
    String last = text.wordBefore(at).toLowerCase(Locale.ROOT);
    if (last.isEmpty()) {
      return Optional.empty();
    }
    String two = text.secondWordBefore(at).toLowerCase(Locale.ROOT) + " " + last;
    return Optional.ofNullable(words.getOrDefault(two, words.get(last)));
  }

  String say(long number, String form) {
    return language.numerals().say(number, SET, form);
  }
}
