package dev.ttsworker.bench.client;

import java.util.Map;

/// A server under test. Thread-safe; who made it closes it, after its streams.
public interface SpeechTarget extends AutoCloseable {

  /// Opens one more conversation; may block while the server prepares it.
  ///
  /// @throws dev.ttsworker.error.WorkerException when the server cannot be reached or refuses
  SpeechStream open();

  /// As [#open], but the audio comes as fast as it is computed, where [#open]'s may be held back to
  /// a while ahead of play-out. Most servers know no such difference.
  default SpeechStream openUnpaced() {
    return open();
  }

  /// Numbers that the server tells of itself; empty when it tells none.
  ///
  /// @throws dev.ttsworker.error.WorkerException when the server cannot be reached
  default Map<String, Double> figures() {
    return Map.of();
  }

  @Override
  void close();
}
