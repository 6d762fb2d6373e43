package dev.ttsworker.engine;

/// Factory of speech engines.
@FunctionalInterface
public interface EngineFactory {
  /// As [SpeechEngine#open].
  SpeechEngine open(EngineOptions options, EngineObserver observer);
}
