package dev.ttsworker.synthesis;

import java.util.Optional;

/// The text of one call, piece by piece as it comes in.
@FunctionalInterface
public interface TextSource {
  /// Waits for the next piece; empty once the text has ended.
  ///
  /// @throws dev.ttsworker.error.WorkerException `CALL_CANCELLED` when the call ended meanwhile
  Optional<String> next();
}
