package dev.ttsworker.engine.text.normalization;

import java.util.Collection;
import java.util.Comparator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Building blocks of bounded regular expressions. Every quantifier is bounded or possessive.
final class BoundedPatterns {
  /// End of a word.
  static final String END = "(?![\\p{L}\\p{N}_])";

  /// Digits, with or without commas between thousands, or lakhs and crores.
  static final String WHOLE =
      "(?:[1-9]\\d?(?:,\\d{2}){1,4},\\d{3}(?![\\d])|\\d{1,3}(?:,\\d{3}){1,4}+(?![\\d])|\\d{1,30}+)";

  /// The same, with or without decimals.
  static final String NUMBER = "(?:" + WHOLE + "(?:\\.\\d{1,20}+)?+|\\.\\d{1,20}+)";

  /// Optional blank.
  static final String GAP = "[ \u00a0\u202f]?+";

  private BoundedPatterns() {}

  /// Any of the words, the longest first.
  static String anyOf(Collection<String> words) {
    return words.stream()
        .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(w -> w))
        .map(Pattern::quote)
        .collect(Collectors.joining("|", "(?:", ")"));
  }
}
