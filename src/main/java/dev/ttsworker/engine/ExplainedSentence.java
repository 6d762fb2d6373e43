package dev.ttsworker.engine;

import java.util.List;
import java.util.stream.Collectors;

/// Analysed sentence.
///
/// @param text as it is written
/// @param verbalized with numbers, dates and signs written out: what the front end gets
/// @param phonemes what the front end makes of that
/// @param clauses the text of its clauses, where it is synthesised in several; else empty
public record ExplainedSentence(
    String text, String verbalized, String phonemes, List<String> clauses) {
  public ExplainedSentence {
    clauses = List.copyOf(clauses);
  }

  /// The warning for a word of which the voice leaves phonemes out.
  ///
  /// @param symbols that it leaves out
  public static String unknownPhonemes(String word, List<String> symbols) {
    return "\"%s\": the voice does not have %s, left out"
        .formatted(
            word,
            symbols.stream()
                .map(ExplainedSentence::withCodePoint)
                .collect(Collectors.joining(", ")));
  }

  /// A symbol with its code point, since terminals do not show all of them.
  public static String withCodePoint(String symbol) {
    return "%s (U+%04X)".formatted(symbol, symbol.codePointAt(0));
  }
}
