package dev.ttsworker.engine.text.normalization.language;

import dev.ttsworker.engine.text.normalization.Cursor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Grammatical cases of numbers, by the preposition or verb before them, or by the ending of the
/// noun after them. Immutable.
final class Cases {
  private static final String FEW = "few";

  private final Map<String, Cause> words = new HashMap<>();
  private final Map<String, Cause> endings = new HashMap<>();
  private final Map<String, Cause> endingsOfOne = new HashMap<>();
  private final Map<String, String> skipped;
  private final int longestEnding;

  /// What asks for a case.
  ///
  /// @param conditions endings of the noun after a one, without which the case does not follow; or
  ///   `few` for two, three and four
  private record Cause(GrammaticalCase grammaticalCase, List<String> conditions) {
    static Cause of(LanguageData.Entry entry) {
      String[] parts = entry.value().split(" ", -1);
      return new Cause(
          new GrammaticalCase(parts[0]), Arrays.asList(parts).subList(1, parts.length));
    }

    boolean allows(WrittenNumber number, String next) {
      return conditions.isEmpty() || (number.is(1) && conditions.stream().anyMatch(next::endsWith));
    }

    boolean allowsPlural(WrittenNumber number) {
      return conditions.isEmpty() || (conditions.contains(FEW) && isFew(number));
    }

    private static boolean isFew(WrittenNumber number) {
      long last = number.value() % 10;
      return last >= 2 && last <= 4 && number.value() % 100 / 10 != 1;
    }
  }

  Cases(LanguageData data) {
    data.section("cases").forEach((word, entry) -> words.put(word, Cause.of(entry)));
    data.section("case endings").forEach((end, entry) -> endings.put(end, Cause.of(entry)));
    data.section("case endings of one")
        .forEach((end, entry) -> endingsOfOne.put(end, Cause.of(entry)));
    skipped = data.values("before a counted noun");
    longestEnding = endings.keySet().stream().mapToInt(String::length).max().orElse(0);
  }

  /// The case of a number or range that begins at an index.
  ///
  /// @param last the number, or the second one
  GrammaticalCase of(Cursor text, int at, WrittenNumber last) {
    String next = Cursor.isBlank(text.peek(last.end())) ? text.wordAfter(last.end()) : "";
    return ofEnding(text, last, next)
        .or(() -> ofWord(text, at, last, next))
        .orElse(GrammaticalCase.NONE);
  }

  /// By the word after the number; if its ending says nothing without a condition, such as that of
  /// an adjective, by the one after it.
  private Optional<GrammaticalCase> ofEnding(Cursor text, WrittenNumber number, String next) {
    boolean counts = !next.isEmpty() && number.isNumber() && number.isWhole();
    Optional<Cause> cause = counts ? cause(number, next) : Optional.empty();
    if (cause.isPresent() && !cause.get().allowsPlural(number)) {
      int end = text.afterBlanks(number.end()) + next.length();
      cause = cause(number, text.wordAfter(end)).filter(c -> c.allowsPlural(number));
    }
    return cause.map(Cause::grammaticalCase);
  }

  private Optional<Cause> cause(WrittenNumber number, String word) {
    Map<String, Cause> known = number.is(1) ? endingsOfOne : endings;
    for (int length = Math.min(longestEnding, word.length()); length > 0; length--) {
      Cause cause = known.get(word.substring(word.length() - length));
      if (cause != null) {
        return Optional.of(cause);
      }
    }
    return Optional.empty();
  }

  private Optional<GrammaticalCase> ofWord(Cursor text, int at, WrittenNumber number, String next) {
    String word = Language.wordBefore(text, at).toLowerCase(Locale.ROOT);
    if (skipped.containsKey(word)) {
      word = text.secondWordBefore(at).toLowerCase(Locale.ROOT);
    }
    return Optional.ofNullable(words.get(word))
        .filter(cause -> cause.allows(number, next))
        .map(Cause::grammaticalCase);
  }
}
