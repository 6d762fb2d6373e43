package dev.ttsworker.voicepack.catalogue;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.ModelIds;
import dev.ttsworker.voicepack.Printable;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Voice catalogue: the voices, and the language data for them, that can be installed by name:
/// those of the catalogue file, then those of the public collection of Piper voices. Immutable.
public final class Catalogue {
  /// The file's usual name in the voicepack root.
  public static final String FILE_NAME = "catalog.yaml";

  private static final int MOST_NEAR = 6;
  private static final Set<String> QUALITIES = Set.of("low", "medium", "high");

  private final Map<String, CatalogueVoice> voices;
  private final Map<String, CatalogueData> data;
  private final Optional<Offer> offer;

  /// The collection, and where its files are. Its index is read when somebody asks for one of its
  /// voices, so that nothing else depends on it.
  private static final class Offer {
    private final Supplier<PiperCollection> index;
    private final URI address;
    private @Nullable PiperCollection read;

    Offer(Supplier<PiperCollection> index, URI address) {
      this.index = index;
      this.address = address;
    }

    synchronized PiperCollection collection() {
      if (read == null) {
        read = index.get();
      }
      return read;
    }

    Optional<CatalogueVoice> find(String name) {
      PiperCollection collection = collection();
      return collection.find(name).map(voice -> collection.inCatalogue(voice, address));
    }
  }

  Catalogue(Map<String, CatalogueVoice> voices, Map<String, CatalogueData> data) {
    this(voices, data, Optional.empty());
  }

  private Catalogue(
      Map<String, CatalogueVoice> voices, Map<String, CatalogueData> data, Optional<Offer> offer) {
    this.voices = new TreeMap<>(voices);
    this.data = new TreeMap<>(data);
    this.offer = offer;
  }

  /// A catalogue that offers nothing, for a root that has no catalogue file.
  public static Catalogue empty() {
    return new Catalogue(Map.of(), Map.of());
  }

  /// The voice catalogue: the one beside the voices, else the one that came with the worker, else
  /// an empty one; with the collection.
  ///
  /// @param home the checkout or the packaged folder
  /// @param collection address of the collection
  /// @throws dev.ttsworker.error.WorkerException when the file cannot be used; whatever needs the
  ///   collection throws it when its index cannot
  public static Catalogue find(Path voicepackRoot, Path home, URI collection) {
    Path own = voicepackRoot.resolve(FILE_NAME);
    Path shipped = home.resolve("voicepacks").resolve(FILE_NAME);
    return Stream.of(own, shipped)
        .filter(Files::exists)
        .findFirst()
        .map(Catalogue::read)
        .orElseGet(Catalogue::empty)
        .with(() -> PiperCollection.find(voicepackRoot), collection);
  }

  /// The same with the voices of a collection after its own.
  ///
  /// @param address of the collection; a `/` at its end may be missing
  public Catalogue with(PiperCollection collection, URI address) {
    return with(() -> collection, address);
  }

  private Catalogue with(Supplier<PiperCollection> index, URI address) {
    URI folder = address.toString().endsWith("/") ? address : URI.create(address + "/");
    return new Catalogue(voices, data, Optional.of(new Offer(index, folder)));
  }

  /// Reads a catalogue file; `docs/VOICE_PACKS.md` describes its form.
  ///
  /// @throws WorkerException `INVALID_CONFIGURATION` naming file, line, key, value and what is
  ///   allowed; also when there is no such file
  public static Catalogue read(Path file) {
    return new CatalogueReader(file).read();
  }

  /// The collection; empty when there is none.
  public Optional<PiperCollection> collection() {
    return offer.map(Offer::collection);
  }

  /// The entries of the voices in the catalogue file, by id.
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

  /// The voice with this model id, or with this name in the collection.
  public Optional<CatalogueVoice> find(String name) {
    String id = ModelIds.normalise(name);
    Optional<CatalogueVoice> own = Optional.ofNullable(voices.get(id));
    return own.or(() -> Optional.ofNullable(voices.get(CollectionVoice.idOf(id))))
        .or(() -> offer.flatMap(collection -> collection.find(name)));
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
    List<String> near = near(id);
    return new WorkerException(
        ErrorCode.MODEL_NOT_FOUND,
        "Not in the catalogue: %s%s; the catalogue has: %s%s"
            .formatted(
                ModelIds.malformed("id", id).orElse(id),
                near.isEmpty() ? "" : "; did you mean " + String.join(", ", near),
                ids.isEmpty() ? "nothing" : Printable.printable(ids, 500),
                offer.isEmpty() ? "" : ", and what `voices list --remote` shows"));
  }

  /// Ids that `id` may be a misspelling of, or else voices of its name in other languages and
  /// qualities.
  private List<String> near(String id) {
    List<CollectionVoice> remote = collection().map(PiperCollection::voices).orElse(List.of());
    List<String> ids =
        Stream.of(voices.keySet(), data.keySet(), remote.stream().map(CollectionVoice::id).toList())
            .flatMap(Collection::stream)
            .distinct()
            .toList();
    List<String> near = ModelIds.nearMatches(id, ids);
    if (near.isEmpty()) {
      near = ModelIds.nearMatches(CollectionVoice.idOf(id), ids);
    }
    String plain = ModelIds.normalise(CollectionVoice.plain(id)).replace('_', '-');
    return near.isEmpty()
        ? ids.stream().filter(other -> isOfSameName(plain, other)).limit(MOST_NEAR).toList()
        : near;
  }

  private static boolean isOfSameName(String wanted, String id) {
    List<String> words = List.of(wanted.split("-"));
    String[] parts = id.replace('_', '-').split("-");
    return Arrays.stream(parts)
        .skip(1)
        .anyMatch(part -> part.length() > 2 && !QUALITIES.contains(part) && words.contains(part));
  }
}
