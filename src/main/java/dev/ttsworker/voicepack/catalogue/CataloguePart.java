package dev.ttsworker.voicepack.catalogue;

import dev.ttsworker.voicepack.Checksum;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Part of a catalogue item: files that one source has together.
///
/// @param files name to checksum; empty where the sources differ and the file is checked by its
///   structure, which is possible for a voice's configuration only
/// @param sources in the order in which they are tried
public record CataloguePart(Map<String, Optional<Checksum>> files, List<VoiceSource> sources) {
  public CataloguePart {
    files = Map.copyOf(files);
    sources = List.copyOf(sources);
  }

  /// File names, sorted.
  public List<String> fileNames() {
    return files.keySet().stream().sorted().toList();
  }

  /// What a file must be when it comes from `source`.
  public Optional<Checksum> checksum(VoiceSource source, String fileName) {
    return Optional.ofNullable(source.checksums().get(fileName))
        .or(() -> files.getOrDefault(fileName, Optional.empty()));
  }

  /// What a file may be, whichever source it comes from; empty where its structure decides.
  public List<Optional<Checksum>> checksums(String fileName) {
    return sources.stream().map(source -> checksum(source, fileName)).distinct().toList();
  }
}
