package dev.ttsworker.voicepack.install;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.DataFormat;
import dev.ttsworker.voicepack.DataFormats;
import dev.ttsworker.voicepack.Folders;
import dev.ttsworker.voicepack.Voicepack;
import dev.ttsworker.voicepack.VoicepackFormats;
import dev.ttsworker.voicepack.VoicepackStore;
import dev.ttsworker.voicepack.catalogue.Catalogue;
import dev.ttsworker.voicepack.catalogue.CatalogueItem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Language data on disk, and which voices need them. Reads only.
final class LanguageData {
  private final Path root;
  private final VoicepackStore store;
  private final Catalogue catalogue;
  private final List<DataFormat> formats;

  LanguageData(Path root, VoicepackStore store, Catalogue catalogue, List<DataFormat> formats) {
    this.root = root;
    this.store = store;
    this.catalogue = catalogue;
    this.formats = List.copyOf(formats);
  }

  /// The format with this normalised id.
  Optional<DataFormat> find(String id) {
    return formats.stream().filter(format -> format.id().equals(id)).findFirst();
  }

  DataFormat format(String id) {
    return find(id).orElseThrow(() -> new IllegalStateException("no format for " + id));
  }

  Path file(String id) {
    return DataFormats.file(root, id);
  }

  /// Whether there is something to remove, usable or not.
  boolean exists(String id) {
    return Files.exists(file(id), LinkOption.NOFOLLOW_LINKS);
  }

  boolean isWhole(String id) {
    try {
      check(id);
      return true;
    } catch (WorkerException e) {
      if (e.code() == ErrorCode.INVALID_VOICEPACK) {
        return false;
      }
      throw e;
    }
  }

  /// @throws WorkerException `INVALID_VOICEPACK` with the reason and what to do
  void check(String id) {
    String name = Folders.name(file(id));
    DataFormat format =
        find(id)
            .orElseThrow(() ->
                new WorkerException(
                    ErrorCode.INVALID_VOICEPACK, "this build has no language data named " + id));
    if (!Files.isRegularFile(file(id))) {
      throw new WorkerException(
          ErrorCode.INVALID_VOICEPACK,
          name + " is missing; `voices install " + id + "` installs it");
    }
    try {
      format.check(file(id));
    } catch (WorkerException e) {
      throw new WorkerException(
          ErrorCode.INVALID_VOICEPACK,
          e.getMessage() + "; `voices install " + id + "` replaces it",
          e);
    }
  }

  /// Ids of what an installed voice needs, as its format and the catalogue say.
  List<String> needs(Voicepack voice) {
    Stream<String> byCatalogue =
        catalogue.find(voice.modelId()).stream()
            .flatMap(offered -> offered.needs().stream().map(CatalogueItem::id));
    return Stream.concat(VoicepackFormats.needs(voice).stream(), byCatalogue)
        .distinct()
        .sorted()
        .toList();
  }

  /// Ids of the installed voices that need them.
  List<String> neededBy(String id) {
    return store.scan().voicepacks().stream()
        .filter(voice -> needs(voice).contains(id))
        .map(Voicepack::modelId)
        .toList();
  }
}
