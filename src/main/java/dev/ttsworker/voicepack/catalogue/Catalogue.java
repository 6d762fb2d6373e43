package dev.ttsworker.voicepack.catalogue;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.ModelIds;
import dev.ttsworker.voicepack.Printable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Voice catalogue: the voices that can be installed by name. Immutable.
public final class Catalogue {
  /// The file's usual name in the voicepack root.
  public static final String FILE_NAME = "catalog.yaml";

  private final Map<String, CatalogueVoice> voices;

  Catalogue(List<CatalogueVoice> voices) {
    Map<String, CatalogueVoice> byId = new TreeMap<>();
    voices.forEach(voice -> byId.put(voice.modelId(), voice));
    this.voices = byId;
  }

  /// A catalogue that offers nothing, for a root that has no catalogue file.
  public static Catalogue empty() {
    return new Catalogue(List.of());
  }

  /// The voice catalogue: the one beside the voices, else the one that came with the worker, else
  /// an empty one.
  ///
  /// @param home the checkout or the packaged folder
  /// @throws dev.ttsworker.error.WorkerException when it cannot be used
  public static Catalogue find(Path voicepackRoot, Path home) {
    Path own = voicepackRoot.resolve(FILE_NAME);
    Path shipped = home.resolve("voicepacks").resolve(FILE_NAME);
    return Stream.of(own, shipped)
        .filter(Files::exists)
        .findFirst()
        .map(Catalogue::read)
        .orElseGet(Catalogue::empty);
  }

  /// Reads a catalogue file; `docs/VOICE_PACKS.md` describes its form.
  ///
  /// @throws WorkerException `INVALID_CONFIGURATION` naming file, line, key, value and what is
  ///   allowed; also when there is no such file
  public static Catalogue read(Path file) {
    return new Catalogue(new CatalogueReader(file).read());
  }

  /// Every entry, by id.
  public List<CatalogueEntry> entries() {
    return voices.values().stream().map(CatalogueVoice::entry).toList();
  }

  /// Whether a voice can be installed by this id.
  public boolean contains(String modelId) {
    return find(modelId).isPresent();
  }

  public Optional<CatalogueVoice> find(String modelId) {
    return Optional.ofNullable(voices.get(ModelIds.normalise(modelId)));
  }

  public CatalogueVoice require(String modelId) {
    return find(modelId)
        .orElseThrow(() ->
            new WorkerException(
                ErrorCode.MODEL_NOT_FOUND,
                "Not in the catalogue: %s; the catalogue has: %s"
                    .formatted(
                        ModelIds.malformed("id", modelId).orElse(modelId),
                        voices.isEmpty()
                            ? "nothing"
                            : Printable.printable(String.join(", ", voices.keySet()), 500))));
  }
}
