package dev.ttsworker.engine.text.markup;

import dev.ttsworker.engine.text.AnnotatedText;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.time.Duration;

/// Limits of one call: replacement text and silence that its own text does not contain. Not
/// thread-safe.
final class CallBudget {
  /// Replacement chars that are always allowed: more than 200 lexicon entries of the maximum
  /// length.
  static final long FREE_CHARS = 50_000;

  /// Replacement chars for each char of the call's text. A tag is never shorter than its
  /// replacement.
  static final long CHARS_FOR_EACH = 2;

  /// All pauses of a call together.
  static final Duration MOST_SILENCE = Duration.ofHours(1);

  private long written;
  private long put;
  private Duration silence = Duration.ZERO;

  /// Counts received text.
  void countText(String chunk) {
    written += chunk.length();
  }

  /// Counts text that replaces written text.
  ///
  /// @throws WorkerException `TEXT_TOO_LONG`
  void countReplacements(AnnotatedText annotated) {
    put += annotated.replacementLength();
    long most = FREE_CHARS + CHARS_FOR_EACH * written;
    if (put > most) {
      throw new WorkerException(
          ErrorCode.TEXT_TOO_LONG,
          "options.lexicon, text.lexicon_file and marks put "
              + put
              + " characters in place of words of the call's text; allowed: at most "
              + FREE_CHARS
              + " and "
              + CHARS_FOR_EACH
              + " for each character sent, "
              + most
              + " so far");
    }
  }

  /// Counts a pause.
  ///
  /// @throws WorkerException `INVALID_FIELD`
  void countPause(Duration length) {
    silence = silence.plus(length);
    if (silence.compareTo(MOST_SILENCE) > 0) {
      throw new WorkerException(
          ErrorCode.INVALID_FIELD,
          "text has pauses of "
              + silence.toSeconds()
              + " s in all; allowed: at most "
              + MOST_SILENCE.toSeconds()
              + " s in a call");
    }
  }
}
