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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Integrity check of an installed voice or of language data. Reads only.
///
/// A voice of the collection is checked by what was noted when it was installed: the collection may
/// have another version by now. A voice that was added by hand may have any version.
final class VoiceVerifier {
  /// What a file is, when it is not wrong.
  private enum Finding {
    CATALOGUED("matches the catalogue"),
    AS_INSTALLED("is as it was installed"),
    VALID("has a valid structure"),
    OTHER_VERSION("is not as the collection has it");

    private final String text;

    Finding(String text) {
      this.text = text;
    }
  }

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
      return !findings(voiceId, voiceId).containsValue(Finding.OTHER_VERSION);
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
    Map<String, Finding> findings = findings(wanted, id);
    List<String> checked = new ArrayList<>();
    findings.forEach((name, finding) -> checked.add(name + " " + finding.text));
    return wanted
        + ": "
        + (checked.isEmpty()
            ? "no checksum known, structure is valid"
            : String.join("; ", checked));
  }

  /// By file name, sorted.
  private Map<String, Finding> findings(String wanted, String id) {
    Path folder = store.folder(wanted).orElseThrow(() -> notFound(id));
    store.read(folder); // the structure
    Map<String, String> recorded = VoiceMetadata.read(folder).installedFiles();
    Optional<CatalogueVoice> offered = catalogue.find(wanted);
    Collection<String> names = offered.isPresent() ? offered.get().fileNames() : recorded.keySet();
    Map<String, Finding> findings = new TreeMap<>();
    for (String name : names) {
      Optional<String> noted = Optional.ofNullable(recorded.get(name));
      boolean byHand = noted.isEmpty() && offered.filter(VoiceVerifier::isOfCollection).isPresent();
      if (byHand && !Files.exists(folder.resolve(name))) {
        if (!name.equals(CatalogueVoice.CARD)) {
          findings.put(name, Finding.OTHER_VERSION);
        }
      } else {
        findings.put(name, check(folder, name, offered, noted));
      }
    }
    return findings;
  }

  WorkerException notFound(String id) {
    return new WorkerException(
        ErrorCode.MODEL_NOT_FOUND, ModelIds.notFound(id, store.scan().modelIds()));
  }

  private static Finding check(
      Path folder, String name, Optional<CatalogueVoice> offered, Optional<String> recorded) {
    Path file = folder.resolve(name);
    String actual = hash(file, Checksum.Kind.SHA_256);
    List<Optional<Checksum>> known = offered.map(voice -> checksums(voice, name)).orElse(List.of());
    List<Checksum> allowed = known.stream().flatMap(Optional::stream).distinct().toList();
    boolean noted = recorded.filter(actual::equals).isPresent();
    if ((noted || recorded.isEmpty() || !isOfCollection(allowed))
        && allowed.stream().anyMatch(one -> one.digest().equals(hash(file, one.kind())))) {
      return Finding.CATALOGUED;
    }
    boolean pinned =
        !known.isEmpty() && !known.contains(Optional.empty()) && !isOfCollection(allowed);
    if (pinned || (recorded.isPresent() && !noted)) {
      List<String> expected =
          pinned ? allowed.stream().map(Checksum::digest).toList() : recorded.stream().toList();
      throw invalid(
          "%s has sha256 %s; expected %s".formatted(name, actual, String.join(" or ", expected)));
    }
    if (isOfCollection(allowed)) {
      return Finding.OTHER_VERSION;
    }
    return noted ? Finding.AS_INSTALLED : Finding.VALID;
  }

  private static boolean isOfCollection(CatalogueVoice voice) {
    return voice.fileNames().contains(CatalogueVoice.CARD);
  }

  private static boolean isOfCollection(List<Checksum> allowed) {
    return allowed.stream().anyMatch(one -> one.kind() == Checksum.Kind.MD5);
  }

  private static List<Optional<Checksum>> checksums(CatalogueVoice voice, String name) {
    return voice.parts().stream()
        .filter(part -> part.files().containsKey(name))
        .flatMap(part -> part.checksums(name).stream())
        .toList();
  }

  private static String hash(Path file, Checksum.Kind kind) {
    if (!Files.isRegularFile(file)) {
      throw invalid(Folders.name(file) + " is missing");
    }
    try {
      return FileHashes.digest(file, kind);
    } catch (IOException e) {
      throw invalid(Folders.name(file) + " cannot be read: " + SmallFile.reason(e));
    }
  }

  private static WorkerException invalid(String reason) {
    return new WorkerException(ErrorCode.INVALID_VOICEPACK, reason);
  }
}
