package dev.ttsworker.voicepack;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A catalogue entry with what is needed to install it.
///
/// @param files name to checksum; empty where the sources differ and the file is checked by its
///   structure, which is possible for the `.onnx.json` only
/// @param sources in the order in which they are tried
record CatalogueVoice(
    CatalogueEntry entry, Map<String, Optional<Checksum>> files, List<VoiceSource> sources) {
  CatalogueVoice {
    files = Map.copyOf(files);
    sources = List.copyOf(sources);
  }

  String modelId() {
    return entry.modelId();
  }

  /// The name of its folder in the family's folder.
  String folderName() {
    return modelId().substring(Voicepack.PIPER_FAMILY.length() + 1);
  }

  /// File names, the model (the large one) first.
  List<String> fileNames() {
    return files.keySet().stream().sorted().toList();
  }

  /// What a file must be when it comes from `source`.
  Optional<Checksum> checksum(VoiceSource source, String fileName) {
    return Optional.ofNullable(source.checksums().get(fileName))
        .or(() -> files.getOrDefault(fileName, Optional.empty()));
  }
}
