package dev.ttsworker.voices;

import dev.ttsworker.engine.VoiceLoader.Placement;
import dev.ttsworker.voicepack.Voicepack;
import java.util.Optional;

/// State of the default model: which voice serves sessions that take it.
sealed interface DefaultVoiceState {
  /// Not decided yet.
  record Loading() implements DefaultVoiceState {}

  /// A voice in memory.
  ///
  /// @param placement how it was loaded
  /// @param device where it runs
  /// @param fallbackReason why it is not the first choice; empty when it is
  record Speaking(
      Voicepack voicepack, Placement placement, String device, Optional<String> fallbackReason)
      implements DefaultVoiceState {}

  /// Nothing can speak.
  record Unable(String reason) implements DefaultVoiceState {}

  /// The worker is shutting down.
  record Closed() implements DefaultVoiceState {}

  /// One line for people.
  default String describe() {
    return switch (this) {
      case Loading() -> "the default model is loading";
      case Speaking(Voicepack voicepack, Placement _, String device, Optional<String> because) ->
          because
              .map(why -> "fallback " + voicepack.modelId() + " speaks on " + device + ": " + why)
              .orElse(voicepack.modelId() + " speaks on " + device);
      case Unable(String reason) -> "nothing can speak: " + reason;
      case Closed() -> "Worker is draining";
    };
  }
}
