package dev.ttsworker.voicepack.install;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.Printable;
import dev.ttsworker.voicepack.SmallFile;
import dev.ttsworker.voicepack.catalogue.CataloguePart;
import dev.ttsworker.voicepack.catalogue.CollectionIndex;
import dev.ttsworker.voicepack.catalogue.PiperCollection;
import dev.ttsworker.voicepack.catalogue.VoiceSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Refresh of the collection's index: the present one is downloaded, checked, and put beside the
/// voices, where it is used instead of the built-in one.
public final class CollectionRefresh {
  private static final int MAX_REASON_CHARS = 500;

  private final Path root;
  private final URI address;
  private final WebFetcher web;

  /// @param root the voicepack root
  /// @param address of the collection; a `/` at its end may be missing
  public CollectionRefresh(Path root, URI address) {
    this(root, address, new WebFetcher(DownloadLimits.DEFAULT));
  }

  CollectionRefresh(Path root, URI address, WebFetcher web) {
    this.root = root.toAbsolutePath().normalize();
    this.address = address.toString().endsWith("/") ? address : URI.create(address + "/");
    this.web = web;
  }

  /// Does it. When it fails, what was used until now stays.
  ///
  /// @param today is noted as the day of the index
  /// @throws WorkerException `INSTALL_FAILED` with the reason, `INVALID_VOICEPACK` when the index
  ///   cannot be used, `CALL_CANCELLED`
  public PiperCollection refresh(LocalDate today, InstallProgress progress) {
    Path target = root.resolve(PiperCollection.FILE_NAME);
    try {
      Files.createDirectories(root);
      try (FolderLock lock = FolderLock.take(root);
          Staging staging = Staging.open(target)) {
        lock.requireHeld();
        Staging.requireNoFolder(target);
        Path table = staging.folder().resolve(PiperCollection.FILE_NAME);
        Files.writeString(table, CollectionIndex.table(read(staging, today, progress)));
        PiperCollection usable = PiperCollection.find(staging.folder());
        staging.publish(table);
        return usable;
      }
    } catch (InterruptedIOException e) {
      throw new WorkerException(ErrorCode.CALL_CANCELLED, "refresh was interrupted", e);
    } catch (IOException e) {
      throw new WorkerException(
          ErrorCode.INSTALL_FAILED,
          "cannot refresh the index of the collection from %s: %s"
              .formatted(address, Printable.printable(SmallFile.reason(e), MAX_REASON_CHARS)),
          e);
    }
  }

  private PiperCollection read(Staging staging, LocalDate today, InstallProgress progress)
      throws IOException {
    try {
      return download(staging, today, progress);
    } catch (WorkerException e) {
      throw new WorkerException(
          e.code(), "the index at %s cannot be used: %s".formatted(address, e.getMessage()), e);
    }
  }

  private PiperCollection download(Staging staging, LocalDate today, InstallProgress progress)
      throws IOException {
    VoiceSource.Web source = new VoiceSource.Web(address, Map.of(), Map.of());
    CataloguePart part =
        new CataloguePart(Map.of(CollectionIndex.FILE_NAME, Optional.empty()), List.of(source));
    web.fetch(source, part, staging.folder(), progress);
    return CollectionIndex.read(
        staging.folder().resolve(CollectionIndex.FILE_NAME), origin(), today);
  }

  private String origin() {
    return CollectionIndex.FILE_NAME + " of " + Printable.printable(address.toString(), 200);
  }
}
