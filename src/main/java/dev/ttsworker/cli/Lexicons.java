package dev.ttsworker.cli;

import dev.ttsworker.engine.Lexicon;
import dev.ttsworker.engine.LexiconReader;

/// Lexicon parsing for commands.
final class Lexicons {
  /// Names the entries in messages.
  static final String OPTION = "--lexicon";

  private Lexicons() {}

  /// The lexicon of entries as a session gives them; empty for blank ones.
  ///
  /// @throws dev.ttsworker.error.WorkerException `INVALID_FIELD` naming the entry and what is
  ///   allowed
  static Lexicon read(String entries) {
    return LexiconReader.text(entries, OPTION);
  }

  /// Refuses entries that [#read] refuses.
  static void check(String entries) {
    Lexicon _ = read(entries);
  }
}
