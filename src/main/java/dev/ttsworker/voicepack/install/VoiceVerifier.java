package dev.ttsworker.voicepack.install;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.Checksum;
import dev.ttsworker.voicepack.FileHashes;
import dev.ttsworker.voicepack.Folders;
import dev.ttsworker.voicepack.ModelIds;
import dev.ttsworker.voicepack.SmallFile;
import dev.ttsworker.voicepack.VoiceMetadata;
import dev.ttsworker.voicepack.Voicepack;
import dev.ttsworker.voicepack.VoicepackFormats;
import dev.ttsworker.voicepack.VoicepackStore;
import dev.ttsworker.voicepack.catalogue.Catalogue;
import dev.ttsworker.voicepack.catalogue.CatalogueData;
import dev.ttsworker.voicepack.catalogue.CatalogueItem;
import dev.ttsworker.voicepack.catalogue.CatalogueVoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Integrity check of an installed voice or of language data. Reads only.
final class VoiceVerifier {
  private final VoicepackStore store;
  private final Catalogue catalogue;
  private final LanguageData data;

  VoiceVerifier(VoicepackStore store, Catalogue catalogue, LanguageData data) {
    this.store = store;
    this.catalogue = catalogue;
    this.data = data;
  }

  /// Whether every file of the item itself, not of what it needs, is there and as expected; of a
  /// voice in a folder that the scan accepts.
  boolean isWhole(CatalogueItem item) {
    return switch (item) {
      case CatalogueVoice voice -> isWhole(voice.id());
      case CatalogueData own -> data.isWhole(own.id());
    };
  }

  private boolean isWhole(String voiceId) {
    try {
      String _ = verifyFiles(voiceId, voiceId);
      return true;
    } catch (WorkerException e) {
      if (e.code() == ErrorCode.MODEL_NOT_FOUND || e.code() == ErrorCode.INVALID_VOICEPACK) {
        return false;
      }
      throw e;
    }
  }

  /// See [VoiceInstaller#verify].
  String verify(String id) {
    String wanted = ModelIds.normalise(id);
    if (VoicepackFormats.builtIn().stream().anyMatch(v -> v.modelId().equals(wanted))) {
      return wanted + ": built in";
    }
    if (data.find(wanted).isPresent()) {
      data.check(wanted);
      return wanted + ": complete";
    }
    StringBuilder checked = new StringBuilder(verifyFiles(wanted, id));
    Voicepack voice = store.read(store.folder(wanted).orElseThrow(() -> notFound(id)));
    for (String need : data.needs(voice)) {
      data.check(need);
      checked.append("; needs ").append(need).append(", which is complete");
    }
    return checked.toString();
  }

  private String verifyFiles(String wanted, String id) {
    Path folder = store.folder(wanted).orElseThrow(() -> notFound(id));
    store.read(folder); // the structure
    Map<String, String> recorded = VoiceMetadata.read(folder).installedFiles();
    Optional<CatalogueVoice> offered = catalogue.find(wanted);
    List<String> names =
        offered.map(CatalogueVoice::fileNames).orElse(recorded.keySet().stream().sorted().toList());
    List<String> checked = new ArrayList<>();
    for (String name : names) {
      checked.add(
          name + " " + check(folder, name, offered, Optional.ofNullable(recorded.get(name))));
    }
    return wanted
        + ": "
        + (checked.isEmpty()
            ? "no checksum known, structure is valid"
            : String.join("; ", checked));
  }

  WorkerException notFound(String id) {
    return new WorkerException(
        ErrorCode.MODEL_NOT_FOUND, ModelIds.notFound(id, store.scan().modelIds()));
  }

  private static String check(
      Path folder, String name, Optional<CatalogueVoice> offered, Optional<String> recorded) {
    String actual = hash(folder.resolve(name));
    List<String> allowed = offered.map(voice -> allowed(voice, name)).orElse(List.of());
    if (allowed.contains(actual)) {
      return "matches the catalogue";
    }
    boolean pinned =
        offered.isPresent() && !checksums(offered.get(), name).contains(Optional.empty());
    if (pinned || recorded.filter(sha256 -> !sha256.equals(actual)).isPresent()) {
      List<String> expected = pinned ? allowed : recorded.stream().toList();
      throw invalid(
          "%s has sha256 %s; expected %s".formatted(name, actual, String.join(" or ", expected)));
    }
    return recorded.isPresent() ? "is as it was installed" : "has a valid structure";
  }

  private static List<String> allowed(CatalogueVoice voice, String name) {
    return checksums(voice, name).stream()
        .flatMap(Optional::stream)
        .map(Checksum::sha256)
        .distinct()
        .toList();
  }

  private static List<Optional<Checksum>> checksums(CatalogueVoice voice, String name) {
    return voice.parts().stream()
        .filter(part -> part.files().containsKey(name))
        .flatMap(part -> part.checksums(name).stream())
        .toList();
  }

  private static String hash(Path file) {
    if (!Files.isRegularFile(file)) {
      throw invalid(Folders.name(file) + " is missing");
    }
    try {
      return FileHashes.sha256(file);
    } catch (IOException e) {
      throw invalid(Folders.name(file) + " cannot be read: " + SmallFile.reason(e));
    }
  }

  private static WorkerException invalid(String reason) {
    return new WorkerException(ErrorCode.INVALID_VOICEPACK, reason);
  }
}
