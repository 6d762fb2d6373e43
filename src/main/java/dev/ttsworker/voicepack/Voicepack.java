package dev.ttsworker.voicepack;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Voicepack: one installed voice that passed the scan.
///
/// @param modelId `piper-<folder name>`, or `mock-440hz` for the built-in tone
/// @param family `piper`, `mock`, or the name of the family's folder
/// @param files where it lies on disk; empty for the built-in tone, and for families whose files
///   have another shape, which this worker lists but cannot load
/// @param languages BCP 47 tags, the most specific first
/// @param metadata what the voicepack says of itself (license, tags, …), for ListModels
public record Voicepack(
    String modelId,
    String family,
    Optional<VoiceFiles> files,
    List<String> languages,
    Map<String, String> metadata) {
  public Voicepack {
    languages = List.copyOf(languages);
    metadata = Map.copyOf(metadata);
  }

  /// Its files.
  ///
  /// @throws WorkerException `MODEL_LOAD_FAILED` when it is built in and has none
  public VoiceFiles requireFiles() {
    return files.orElseThrow(
        () -> new WorkerException(ErrorCode.MODEL_LOAD_FAILED, modelId + " has no files on disk"));
  }
}
