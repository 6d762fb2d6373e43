package dev.ttsworker.bench.client;

/// A server under test. Thread-safe; who made it closes it, after its streams.
public interface SpeechTarget extends AutoCloseable {

  /// Opens one more conversation; may block while the server prepares it.
  ///
  /// @throws dev.ttsworker.error.WorkerException when the server cannot be reached or refuses
  SpeechStream open();

  @Override
  void close();
}
