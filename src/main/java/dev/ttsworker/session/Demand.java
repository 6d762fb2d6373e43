package dev.ttsworker.session;

import java.time.Duration;

/// What a running call needs of the inference threads.
sealed interface Demand {
  /// It waits for its caller: for text, for the reader, or for RESUME.
  Demand NONE = new Nothing();

  /// Its listener has heard nothing yet.
  Demand FIRST_SOUND = new FirstSound();

  record Nothing() implements Demand {}

  record FirstSound() implements Demand {}

  /// It speaks on.
  ///
  /// @param lead audio that the listener has in hand; negative when it waits
  record Speech(Duration lead) implements Demand {}
}
