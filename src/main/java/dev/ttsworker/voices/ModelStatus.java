package dev.ttsworker.voices;

import dev.ttsworker.voicepack.Voicepack;
import java.util.Map;

/// Status of one installed model as ListModels shows it.
///
/// @param voicepack what is on disk
/// @param loaded whether it is in memory
/// @param metadata the voicepack's own, and refcount, idle_seconds, sample_rate, device, license,
///   state
/// @param speakers names to numbers; none while it is not in memory, or has one speaker
public record ModelStatus(
    Voicepack voicepack,
    boolean loaded,
    Map<String, String> metadata,
    Map<String, Integer> speakers) {
  public ModelStatus {
    metadata = Map.copyOf(metadata);
    speakers = Map.copyOf(speakers);
  }
}
