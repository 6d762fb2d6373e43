package dev.ttsworker.session;

import java.time.Duration;

/// What an open call needs of the inference threads.
sealed interface Demand {
  /// It has ended, or was never let in.
  Demand NONE = new Nothing();

  /// It has waited for its caller for a while: for text, for the reader, or for RESUME. It must be
  /// admitted again before it goes on.
  Demand RESTING = new Resting();

  record Nothing() implements Demand {}

  record Resting() implements Demand {}

  /// Its listener has heard nothing yet.
  ///
  /// @param characters of its text that came so far
  record FirstSound(int characters) implements Demand {}

  /// It speaks on, or has stopped for a moment only.
  ///
  /// @param lead buffered audio of its listener; negative when the listener waits
  record Speech(Duration lead) implements Demand {}
}
