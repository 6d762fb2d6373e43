package dev.ttsworker.voicepack.install;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.Checksum;
import dev.ttsworker.voicepack.Folders;
import dev.ttsworker.voicepack.Printable;
import dev.ttsworker.voicepack.catalogue.CatalogueData;
import dev.ttsworker.voicepack.catalogue.CatalogueItem;
import dev.ttsworker.voicepack.catalogue.CataloguePart;
import dev.ttsworker.voicepack.catalogue.CatalogueVoice;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Installation of one catalogue item, under a lock that the caller holds.
final class ItemInstaller {
  private static final int MAX_REASON_CHARS = 2_000;

  private final Path root;
  private final LanguageData languageData;

  ItemInstaller(Path root, LanguageData languageData) {
    this.root = root;
    this.languageData = languageData;
  }

  /// Where a voice's folder, or the data's file, lies.
  Path place(CatalogueItem item) {
    return switch (item) {
      case CatalogueVoice voice -> family(voice).resolve(voice.folderName());
      case CatalogueData data -> languageData.file(data.id());
    };
  }

  Path family(CatalogueVoice voice) {
    return root.resolve(voice.format().family());
  }

  /// Puts the item in its place.
  ///
  /// @return where it came from
  /// @throws IOException when the place cannot be written
  /// @throws WorkerException `INSTALL_FAILED`, `CALL_CANCELLED`
  String install(CatalogueItem item, PartFetcher fetcher, InstallProgress progress)
      throws IOException {
    return switch (item) {
      case CatalogueVoice voice -> install(voice, fetcher, progress);
      case CatalogueData data -> install(data, fetcher, progress);
    };
  }

  private String install(CatalogueVoice voice, PartFetcher fetcher, InstallProgress progress)
      throws IOException {
    Path target = place(voice);
    Staging.requireReplaceable(target, voice);
    try (Staging staging = Staging.open(target)) {
      String source = fetch(voice, staging, fetcher, voice.format()::check, progress);
      InstalledMetadata.write(staging.folder(), voice, source);
      staging.publish();
      return source;
    }
  }

  private String install(CatalogueData data, PartFetcher fetcher, InstallProgress progress)
      throws IOException {
    Path target = place(data);
    Staging.requireNoFolder(target);
    try (Staging staging = Staging.open(target)) {
      String source = fetch(data, staging, fetcher, _ -> {}, progress);
      Path compiled = staging.folder().resolve(Folders.name(target));
      compile(data.id(), staging.folder(), compiled, progress);
      staging.publish(compiled);
      return source;
    }
  }

  private void compile(String id, Path sources, Path compiled, InstallProgress progress) {
    progress.started("compiling " + id, -1);
    try {
      languageData.format(id).compile(sources, compiled);
      languageData.format(id).check(compiled);
    } catch (WorkerException e) {
      throw Thread.currentThread().isInterrupted() ? interrupted(id, e) : e;
    } finally {
      progress.finished();
    }
  }

  private static WorkerException interrupted(String id, Exception cause) {
    return new WorkerException(
        ErrorCode.CALL_CANCELLED, "installation of " + id + " was interrupted", cause);
  }

  private static String fetch(
      CatalogueItem item,
      Staging staging,
      PartFetcher fetcher,
      Consumer<Path> check,
      InstallProgress progress)
      throws IOException {
    staging.requireSpace(item.entry().sizeBytes());
    Set<String> sources = new LinkedHashSet<>();
    try {
      for (CataloguePart part : item.parts()) {
        sources.add(fetcher.fetch(part, staging.folder(), check, progress));
      }
    } catch (InterruptedIOException e) {
      throw interrupted(item.id(), e);
    } catch (IOException e) {
      throw failed(item.id(), isOfCollection(item) ? withHint(e) : e);
    }
    return Printable.printable(String.join(", ", sources), MAX_REASON_CHARS);
  }

  private static boolean isOfCollection(CatalogueItem item) {
    return item.parts().stream()
        .flatMap(part -> part.files().values().stream())
        .flatMap(Optional::stream)
        .anyMatch(checksum -> checksum.kind() == Checksum.Kind.MD5);
  }

  private static IOException withHint(IOException e) {
    return new IOException(
        e.getMessage() + "; should the collection have changed, `voices refresh` reads its index",
        e);
  }

  /// The error of files that cannot be had, with all the reason.
  static WorkerException failed(String id, IOException e) {
    return new WorkerException(
        ErrorCode.INSTALL_FAILED,
        "cannot install %s; %s"
            .formatted(id, Printable.printable(String.valueOf(e.getMessage()), MAX_REASON_CHARS)),
        e);
  }
}
