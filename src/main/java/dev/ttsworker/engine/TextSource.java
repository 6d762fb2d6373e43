package dev.ttsworker.engine;

import java.util.Optional;

/// Text source: the text of one call, piece by piece as it comes in.
@FunctionalInterface
public interface TextSource {
  /// Waits for what comes next.
  ///
  /// @param holding whether text is held that waits for its end; [TextEvent.Quiet] comes only then
  /// @throws dev.ttsworker.error.WorkerException `CALL_CANCELLED` when the call ended meanwhile
  TextEvent next(boolean holding);

  /// What is there already, without waiting; never [TextEvent.Quiet]. Any thread may ask.
  ///
  /// @throws dev.ttsworker.error.WorkerException `CALL_CANCELLED` when the call ended meanwhile
  default Optional<TextEvent> poll() {
    return Optional.empty();
  }
}
