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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Voice catalogue: the voices, and the language data for them, that can be installed by name.
/// Immutable.
public final class Catalogue {
  /// The file's usual name in the voicepack root.
  public static final String FILE_NAME = "catalog.yaml";

  private final Map<String, CatalogueVoice> voices;
  private final Map<String, CatalogueData> data;

  Catalogue(Map<String, CatalogueVoice> voices, Map<String, CatalogueData> data) {
    this.voices = new TreeMap<>(voices);
    this.data = new TreeMap<>(data);
  }

  /// A catalogue that offers nothing, for a root that has no catalogue file.
  public static Catalogue empty() {
    return new Catalogue(Map.of(), Map.of());
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
    return new CatalogueReader(file).read();
  }

  /// The voices' entries, by id.
  public List<CatalogueEntry> entries() {
    return voices.values().stream().map(CatalogueVoice::entry).toList();
  }

  /// The language data, by id.
  public List<CatalogueData> data() {
    return List.copyOf(data.values());
  }

  /// Whether a voice can be installed by this id.
  public boolean contains(String modelId) {
    return find(modelId).isPresent();
  }

  public Optional<CatalogueVoice> find(String modelId) {
    return Optional.ofNullable(voices.get(ModelIds.normalise(modelId)));
  }

  public Optional<CatalogueData> findData(String id) {
    return Optional.ofNullable(data.get(ModelIds.normalise(id)));
  }

  /// The voice or the data with this id.
  ///
  /// @throws WorkerException `MODEL_NOT_FOUND`, naming what the catalogue has
  public CatalogueItem require(String id) {
    Optional<CatalogueItem> voice = find(id).map(item -> item);
    return voice.or(() -> findData(id)).orElseThrow(() -> notFound(id));
  }

  private WorkerException notFound(String id) {
    String ids =
        Stream.concat(voices.keySet().stream(), data.keySet().stream())
            .collect(Collectors.joining(", "));
    return new WorkerException(
        ErrorCode.MODEL_NOT_FOUND,
        "Not in the catalogue: %s; the catalogue has: %s"
            .formatted(
                ModelIds.malformed("id", id).orElse(id),
                ids.isEmpty() ? "nothing" : Printable.printable(ids, 500)));
  }
}
