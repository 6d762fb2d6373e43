package dev.ttsworker.cli;

import dev.ttsworker.config.Installation;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.DataFormats;
import dev.ttsworker.voicepack.ModelIds;
import dev.ttsworker.voicepack.VoicepackStore;
import dev.ttsworker.voicepack.catalogue.Catalogue;
import dev.ttsworker.voicepack.catalogue.CatalogueVoice;
import dev.ttsworker.voicepack.catalogue.PiperCollection;
import dev.ttsworker.voicepack.install.VoiceInstaller;
import dev.ttsworker.voicepack.install.VoiceListing;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The folders of voices that commands work on.
///
/// @param root the voicepack root
/// @param own has the voices that came with a packaged worker; need not exist, never changed
/// @param catalogue what can be installed
record VoiceFolders(Path root, Path own, Catalogue catalogue) {
  /// @param collection address of the collection of Piper voices
  static VoiceFolders of(Path root, Installation installation, URI collection) {
    return new VoiceFolders(
        root, installation.ownVoices(), Catalogue.find(root, installation.home(), collection));
  }

  /// Reads both.
  VoicepackStore store() {
    return new VoicepackStore(root, own);
  }

  /// The collection of Piper voices.
  PiperCollection collection() {
    return catalogue.collection().orElseGet(PiperCollection::builtIn);
  }

  /// The model id of what is meant by an id or by a name of the collection.
  String installed(String name) {
    boolean isId = isOwn(name) || has(root, name);
    return isId ? name : catalogue.find(name).map(CatalogueVoice::id).orElse(name);
  }

  /// Works on the root.
  VoiceInstaller installer() {
    return new VoiceInstaller(root, catalogue);
  }

  /// Works on the folder that has the voice or the language data; on the root when none has.
  VoiceInstaller installerOf(String id) {
    return new VoiceInstaller(isOwn(id) ? own : root, catalogue);
  }

  /// As [VoiceInstaller#list], of both folders.
  List<VoiceListing> list() {
    Map<String, VoiceListing> listings = new LinkedHashMap<>();
    installer().list().forEach(listing -> listings.put(listing.id(), listing));
    if (Files.isDirectory(own)) {
      new VoiceInstaller(own, catalogue)
          .list().stream()
              .filter(VoiceListing::installed)
              .forEach(listing -> listings.merge(listing.id(), listing, VoiceFolders::installed));
    }
    return List.copyOf(listings.values());
  }

  /// As [VoiceInstaller#remove].
  ///
  /// @throws WorkerException also `INVALID_FIELD` for what came with a packaged worker
  void remove(String id) {
    if (isOwn(id)) {
      throw new WorkerException(
          ErrorCode.INVALID_FIELD, id + " came with this worker and cannot be removed");
    }
    installer().remove(id);
  }

  private static VoiceListing installed(VoiceListing inRoot, VoiceListing ofOwn) {
    return inRoot.installed() ? inRoot : ofOwn;
  }

  private boolean isOwn(String id) {
    return has(own, id) && !has(root, id);
  }

  private static boolean has(Path folder, String id) {
    String wanted = ModelIds.normalise(id);
    return Files.exists(DataFormats.file(folder, wanted))
        || new VoicepackStore(folder).folder(wanted).isPresent();
  }
}
