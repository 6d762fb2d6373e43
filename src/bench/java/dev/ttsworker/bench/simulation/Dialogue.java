package dev.ttsworker.bench.simulation;

import java.util.Optional;
import java.util.OptionalDouble;

/// One conversation from its agent's side: what is said after which pause.
interface Dialogue {
  /// What follows; empty when the conversation is over.
  Optional<Turn> next();

  /// What the agent says.
  ///
  /// @param pauseNanos before the call is opened, since the end of the turn before
  /// @param bargeIn share of the speech after which the user interrupts, 0..1; empty: not at all
  record Turn(long pauseNanos, Script script, OptionalDouble bargeIn) {}
}
