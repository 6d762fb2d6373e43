package dev.ttsworker.session;

import dev.ttsworker.engine.ExplainedSentence;
import dev.ttsworker.engine.Lexicon;
import dev.ttsworker.engine.Voice;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Lexicon validation against a voice: the voice would silently skip phonemes that it has no id
/// for.
public final class LexiconValidator {
  private static final int MAX_SHOWN = 5;

  private LexiconValidator() {}

  /// Symbols of a lexicon that a voice lacks, at most 5, each with an entry that contains it.
  ///
  /// @param symbols as returned by [Lexicon#symbols]
  /// @return for people; empty when the voice has all of them
  public static Optional<String> missing(Map<String, String> symbols, Voice voice) {
    String missing =
        symbols.entrySet().stream()
            .filter(symbol -> !voice.unknownPhonemes(symbol.getKey()).isEmpty())
            .limit(MAX_SHOWN)
            .map(symbol ->
                "%s of \"%s\""
                    .formatted(ExplainedSentence.withCodePoint(symbol.getKey()), symbol.getValue()))
            .collect(Collectors.joining(", "));
    return missing.isEmpty() ? Optional.empty() : Optional.of(missing);
  }

  /// Rejects a lexicon with a phoneme that a voice lacks.
  ///
  /// @param field names the lexicon in messages
  /// @throws WorkerException `INVALID_FIELD` naming the field, the symbols, their words and what is
  ///   allowed
  public static void require(Lexicon lexicon, Voice voice, String field) {
    Optional<String> missing = missing(lexicon.symbols(), voice);
    if (missing.isPresent()) {
      throw new WorkerException(
          ErrorCode.INVALID_FIELD,
          "%s has the phonemes %s, which %s does not have; allowed: %s"
              .formatted(
                  field,
                  missing.get(),
                  voice.description().modelId(),
                  String.join(" ", voice.phonemes())));
    }
  }
}
