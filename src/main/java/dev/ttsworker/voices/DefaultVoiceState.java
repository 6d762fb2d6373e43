package dev.ttsworker.voices;

import dev.ttsworker.engine.VoiceLoader.Placement;
import dev.ttsworker.voicepack.Voicepack;
import java.util.Optional;

/// Who speaks for sessions that take the default model.
sealed interface DefaultVoiceState {
  /// Not decided yet.
  record Loading() implements DefaultVoiceState {}

  /// A voice in memory.
  ///
  /// @param placement how it was loaded
  /// @param device where it runs
  /// @param insteadBecause why it is not the first choice; empty when it is
  record Speaking(
      Voicepack voicepack, Placement placement, String device, Optional<String> insteadBecause)
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
