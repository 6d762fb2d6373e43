package dev.ttsworker.voicepack.catalogue;

import dev.ttsworker.voicepack.Checksum;
import dev.ttsworker.voicepack.VoicepackFormat;
import dev.ttsworker.voicepack.VoicepackFormats;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Catalogue entry with what is needed to install it.
///
/// @param files name to checksum; empty where the sources differ and the file is checked by its
///   structure, which is possible for the `.onnx.json` only
/// @param sources in the order in which they are tried
public record CatalogueVoice(
    CatalogueEntry entry, Map<String, Optional<Checksum>> files, List<VoiceSource> sources) {
  public CatalogueVoice {
    files = Map.copyOf(files);
    sources = List.copyOf(sources);
  }

  public String modelId() {
    return entry.modelId();
  }

  /// How its folder is read.
  public VoicepackFormat format() {
    return VoicepackFormats.onDisk().stream()
        .filter(format -> modelId().startsWith(format.family() + "-"))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no format for " + modelId()));
  }

  /// The name of its folder in the family's folder.
  public String folderName() {
    return modelId().substring(format().family().length() + 1);
  }

  /// File names, the model (the large one) first.
  public List<String> fileNames() {
    return files.keySet().stream().sorted().toList();
  }

  /// What a file must be when it comes from `source`.
  public Optional<Checksum> checksum(VoiceSource source, String fileName) {
    return Optional.ofNullable(source.checksums().get(fileName))
        .or(() -> files.getOrDefault(fileName, Optional.empty()));
  }
}
