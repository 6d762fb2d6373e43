package dev.ttsworker.voicepack;

import dev.ttsworker.error.WorkerException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Voicepack reader: reads and checks one voice's folder. Thread-safe.
final class VoicepackReader {
  /// Reads the folder. Folders of families that this build does not know are listed without being
  /// understood.
  ///
  /// @param remarks receives what is odd but does not keep the voice from being used
  /// @throws WorkerException `INVALID_VOICEPACK` with the reason
  Voicepack read(String id, String family, Path folder, List<String> remarks) {
    VoiceMetadata metadata = VoiceMetadata.read(folder);
    Optional<VoicepackFormat> format = VoicepackFormats.find(family);
    if (format.isEmpty()) {
      remarks.addAll(metadata.problems());
      return foreign(id, family, folder, metadata);
    }
    VoicepackFormat.Contents contents = format.get().read(folder);
    remarks.addAll(metadata.problems());
    Map<String, String> values = new HashMap<>(contents.defaults());
    values.putAll(metadata.values());
    values.putAll(contents.facts());
    values.values().removeIf(String::isEmpty);
    List<String> languages =
        metadata.languages().isEmpty() ? contents.languages() : metadata.languages();
    return new Voicepack(id, family, Optional.of(contents.files()), languages, values);
  }

  /// Files of families that this build does not know are listed only if they have the shape that
  /// most have.
  private static Voicepack foreign(String id, String family, Path folder, VoiceMetadata metadata) {
    return new Voicepack(
        id, family, OnnxFolder.find(folder), metadata.languages(), metadata.values());
  }
}
