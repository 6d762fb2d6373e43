package dev.ttsworker.voicepack.catalogue;

import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.ModelIds;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Index of the public collection of Piper voices: which voices there are, with the size and the
/// checksum of their files. Immutable.
public final class PiperCollection {
  /// The file beside the voices that is used instead of the built-in index.
  public static final String FILE_NAME = "piper-voices.tsv";

  private final String origin;
  private final LocalDate asOf;
  private final List<CollectionVoice> voices;
  private final Map<String, CollectionVoice> byName = new HashMap<>();
  private final CollectionNotes notes = CollectionNotes.builtIn();

  /// @param origin where the index is from, for people
  /// @param voices sorted by key
  PiperCollection(String origin, LocalDate asOf, List<CollectionVoice> voices) {
    this.origin = origin;
    this.asOf = asOf;
    this.voices = List.copyOf(voices);
    this.voices.forEach(
        voice -> voice.otherNames().forEach(name -> byName.put(ModelIds.normalise(name), voice)));
    this.voices.forEach(voice -> byName.put(voice.id(), voice));
  }

  /// The index that came with the worker.
  public static PiperCollection builtIn() {
    return CollectionTable.parse(TableLines.resource(FILE_NAME));
  }

  /// The index beside the voices, else the one that came with the worker.
  ///
  /// @throws dev.ttsworker.error.WorkerException `INVALID_CONFIGURATION` when it cannot be used
  public static PiperCollection find(Path voicepackRoot) {
    Path own = voicepackRoot.resolve(FILE_NAME);
    if (!Files.exists(own)) {
      return builtIn();
    }
    try {
      return CollectionTable.parse(TableLines.read(own));
    } catch (WorkerException e) {
      throw new WorkerException(
          e.code(), e.getMessage() + "; delete that file, or run: tts-worker voices refresh", e);
    }
  }

  public String origin() {
    return origin;
  }

  /// The day on which the index was made.
  public LocalDate asOf() {
    return asOf;
  }

  /// By key.
  public List<CollectionVoice> voices() {
    return voices;
  }

  /// The voice that is meant: by its model id, its usual name in any case, or another name of it.
  public Optional<CollectionVoice> find(String name) {
    String wanted = ModelIds.normalise(CollectionVoice.plain(name));
    return Optional.ofNullable(byName.get(wanted))
        .or(() -> Optional.ofNullable(byName.get(CollectionVoice.idOf(wanted))));
  }

  /// What people see of a voice.
  public CatalogueEntry entry(CollectionVoice voice) {
    return voice.entry(notes);
  }

  /// Why this worker cannot read a voice; empty when it can, as far as it is known.
  public String unreadable(CollectionVoice voice) {
    return notes.of(voice.dataSet()).unreadable();
  }

  /// How a voice is installed.
  ///
  /// @param address of the collection, ending in `/`
  CatalogueVoice inCatalogue(CollectionVoice voice, URI address) {
    return voice.inCatalogue(address, notes);
  }
}
