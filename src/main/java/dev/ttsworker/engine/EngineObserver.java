package dev.ttsworker.engine;

/// Engine observer: is notified of what the engine does and how long that takes. Called on the
/// threads that speak and compute, so every method must be cheap and none may throw.
public interface EngineObserver {
  /// Observes nothing.
  EngineObserver NONE = new EngineObserver() {};

  /// Frames of 20 ms were computed.
  default void framesMade(long frames) {}

  /// A job went through a stage.
  default void stage(SynthesisStage stage, long nanos) {}

  /// A call has its first audio, and it is brought to the loudness target.
  default void normalized() {}

  /// A front end gave phonemes that a voice has no id for; they are left out.
  default void unknownPhonemes(int count) {}
}
