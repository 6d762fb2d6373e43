package dev.ttsworker.session;

import dev.ttsworker.engine.ExplainedSentence;
import dev.ttsworker.engine.Lexicon;
import dev.ttsworker.engine.Voice;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Lexicon validation against a voice: phonemes that the voice has no id for would be left out
/// without a word.
public final class LexiconCheck {
  private static final int MOST_SHOWN = 5;

  private LexiconCheck() {}

  /// What a voice lacks of a lexicon, at most 5 symbols, each with a key that has it.
  ///
  /// @param symbols as [Lexicon#symbols] gives them
  /// @return for people; empty when the voice has them all
  public static Optional<String> missing(Map<String, String> symbols, Voice voice) {
    String missing =
        symbols.entrySet().stream()
            .filter(symbol -> !voice.unknownPhonemes(symbol.getKey()).isEmpty())
            .limit(MOST_SHOWN)
            .map(symbol ->
                "%s of \"%s\""
                    .formatted(ExplainedSentence.withCodePoint(symbol.getKey()), symbol.getValue()))
            .collect(Collectors.joining(", "));
    return missing.isEmpty() ? Optional.empty() : Optional.of(missing);
  }

  /// Refuses a lexicon of which a voice lacks a phoneme.
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
