package dev.ttsworker.engine.text.markup;

import dev.ttsworker.engine.text.AnnotatedText;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.time.Duration;

/// How much one call may have said, or be silent for, that does not stand in its text. Not
/// thread-safe.
final class CallBudget {
  /// Chars that may always be put in place of words: 200 entries of a lexicon of the greatest
  /// length, and more.
  static final long FREE_CHARS = 50_000;

  /// Chars that may be put for each char of the call's text. Marks are never longer than they are
  /// written, so they stay within it.
  static final long CHARS_FOR_EACH = 2;

  /// All pauses of a call together.
  static final Duration MOST_SILENCE = Duration.ofHours(1);

  private long written;
  private long put;
  private Duration silence = Duration.ZERO;

  /// Counts text that has come in.
  void write(String piece) {
    written += piece.length();
  }

  /// Counts what is said in place of what is written.
  ///
  /// @throws WorkerException `TEXT_TOO_LONG`
  void put(AnnotatedText wording) {
    put += wording.put();
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
  void pause(Duration length) {
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
