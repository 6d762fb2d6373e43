package dev.ttsworker.voicepack.install;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.Folders;
import dev.ttsworker.voicepack.ModelIds;
import dev.ttsworker.voicepack.SmallFile;
import dev.ttsworker.voicepack.Voicepack;
import dev.ttsworker.voicepack.VoicepackFormats;
import dev.ttsworker.voicepack.VoicepackStore;
import dev.ttsworker.voicepack.catalogue.Catalogue;
import dev.ttsworker.voicepack.catalogue.CatalogueEntry;
import dev.ttsworker.voicepack.catalogue.CatalogueVoice;
import dev.ttsworker.voicepack.catalogue.VoiceSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Voice installer: installs, verifies and removes voices below one voicepack root. Plain blocking;
/// an interrupt ends an installation, leaves nothing behind and comes out as `CALL_CANCELLED`.
/// Installations and removals of one family wait for each other across processes; within one
/// process the second is refused.
public final class VoiceInstaller {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final Duration IDLE_LIMIT = Duration.ofSeconds(30);
  private static final Duration PIP_LIMIT = Duration.ofMinutes(30);

  private final Path root;
  private final Catalogue catalogue;
  private final VoicepackStore store;
  private final VoiceVerifier verifier;
  private final VoiceFetcher fetcher;

  public VoiceInstaller(Path root, Catalogue catalogue) {
    this(
        root,
        catalogue,
        new WebFetcher(CONNECT_LIMIT, IDLE_LIMIT),
        new PipFetcher(PipFetcher.COMMANDS, PIP_LIMIT));
  }

  VoiceInstaller(Path root, Catalogue catalogue, WebFetcher web, PipFetcher pip) {
    this.root = root.toAbsolutePath().normalize();
    this.catalogue = catalogue;
    this.store = new VoicepackStore(this.root);
    this.verifier = new VoiceVerifier(store, catalogue);
    this.fetcher = new VoiceFetcher(web, pip);
  }

  /// Installs a voice of the catalogue, trying its sources in order. A voice that is there and
  /// whole is left alone; one that is there but damaged is replaced, unless its folder holds files
  /// that the catalogue does not know. The voice appears at once and complete, or not at all.
  ///
  /// @throws WorkerException `MODEL_NOT_FOUND` when the catalogue has no such voice,
  ///   `INSTALL_FAILED` with everything that was tried and why it failed, `CALL_CANCELLED`
  public InstallResult install(String id, InstallProgress progress) {
    CatalogueVoice voice = catalogue.require(id);
    Path family = root.resolve(voice.format().family());
    Path target = family.resolve(voice.folderName());
    if (verifier.isWhole(voice)) {
      return result(voice, target, "");
    }
    try {
      Files.createDirectories(family);
      try (FamilyLock lock = FamilyLock.take(family)) {
        lock.requireHeld();
        return verifier.isWhole(voice)
            ? result(voice, target, "")
            : result(voice, target, installLocked(voice, target, progress));
      }
    } catch (IOException e) {
      throw failed("cannot install " + voice.modelId() + " into " + label(), e);
    }
  }

  /// Checks an installed voice: against the catalogue's checksums, else against those kept when it
  /// was installed, else by its structure.
  ///
  /// @return what was checked, for people
  /// @throws WorkerException `MODEL_NOT_FOUND`, or `INVALID_VOICEPACK` naming file and difference
  public String verify(String id) {
    return verifier.verify(id);
  }

  /// Deletes a voice's folder, usable or not. Where the folder is a link, only the link goes.
  ///
  /// @throws WorkerException `INVALID_FIELD` for the built-in tone, `MODEL_NOT_FOUND`,
  ///   `INSTALL_FAILED` when it cannot be deleted
  public void remove(String id) {
    String wanted = ModelIds.normalise(id);
    for (Voicepack builtIn : VoicepackFormats.builtIn()) {
      if (wanted.equals(builtIn.modelId()) || wanted.equals(builtIn.family())) {
        throw new WorkerException(
            ErrorCode.INVALID_FIELD, builtIn.modelId() + " is built in and cannot be removed");
      }
    }
    Path folder = store.folder(wanted).orElseThrow(() -> verifier.notFound(id));
    Path family = Objects.requireNonNull(folder.getParent(), "a voice's folder lies in a family's");
    try {
      requireInside(family);
      removeLocked(family, folder);
    } catch (IOException e) {
      throw failed("cannot remove " + wanted + " from " + label(), e);
    }
  }

  /// Every voice that is installed or can be, by id; the built-in tone among them.
  public List<VoiceListing> list() {
    Map<String, CatalogueEntry> offered =
        catalogue.entries().stream()
            .collect(Collectors.toMap(CatalogueEntry::modelId, Function.identity()));
    Map<String, VoiceListing> listings = new TreeMap<>();
    offered.forEach((id, entry) -> listings.put(id, listing(entry)));
    for (Voicepack pack : store.scan().voicepacks()) {
      Optional<CatalogueEntry> entry = Optional.ofNullable(offered.get(pack.modelId()));
      listings.put(pack.modelId(), listing(pack, entry));
    }
    return List.copyOf(listings.values());
  }

  private String installLocked(CatalogueVoice voice, Path target, InstallProgress progress)
      throws IOException {
    Staging.requireReplaceable(target, voice);
    try (Staging staging = Staging.open(target)) {
      staging.requireSpace(voice.entry().sizeBytes());
      VoiceSource source = fetcher.fetch(voice, staging, progress);
      InstalledMetadata.write(staging.folder(), voice, source);
      staging.publish();
      return source.describe();
    }
  }

  private static void removeLocked(Path family, Path folder) throws IOException {
    try (FamilyLock lock = FamilyLock.take(family)) {
      lock.requireHeld();
      Path leaving = Staging.beside(folder, "removing");
      Folders.delete(leaving);
      Files.move(folder, leaving);
      Folders.delete(leaving);
    }
  }

  private void requireInside(Path family) throws IOException {
    if (!family.toRealPath().startsWith(root.toRealPath())) {
      throw new IOException("its family's folder is a link out of the voicepack root");
    }
  }

  private String label() {
    return Folders.name(root);
  }

  private static WorkerException failed(String what, IOException e) {
    boolean interrupted =
        e instanceof InterruptedIOException || e instanceof ClosedByInterruptException;
    ErrorCode code = interrupted ? ErrorCode.CALL_CANCELLED : ErrorCode.INSTALL_FAILED;
    return new WorkerException(code, what + ": " + SmallFile.reason(e), e);
  }

  private static InstallResult result(CatalogueVoice voice, Path folder, String source) {
    CatalogueEntry entry = voice.entry();
    return new InstallResult(
        entry.modelId(), folder, source.isEmpty(), source, entry.licence(), entry.licenceNote());
  }

  private static VoiceListing listing(CatalogueEntry entry) {
    return new VoiceListing(
        entry.modelId(),
        false,
        true,
        entry.licence(),
        entry.languages(),
        entry.description(),
        entry.sizeBytes());
  }

  private static VoiceListing listing(Voicepack pack, Optional<CatalogueEntry> entry) {
    return new VoiceListing(
        pack.modelId(),
        true,
        entry.isPresent(),
        metadata(pack, "license", entry.map(CatalogueEntry::licence)),
        pack.languages(),
        metadata(pack, "description", entry.map(CatalogueEntry::description)),
        entry.map(CatalogueEntry::sizeBytes).orElse(0L));
  }

  private static String metadata(Voicepack pack, String field, Optional<String> otherwise) {
    return pack.metadata().getOrDefault(field, otherwise.orElse(""));
  }
}
