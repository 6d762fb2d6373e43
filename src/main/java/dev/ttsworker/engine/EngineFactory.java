package dev.ttsworker.engine;

/// Opens speech engines.
@FunctionalInterface
public interface EngineFactory {
  /// As [SpeechEngine#open].
  SpeechEngine open(EngineOptions options, EngineObserver observer);
}
