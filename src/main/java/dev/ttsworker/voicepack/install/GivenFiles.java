package dev.ttsworker.voicepack.install;

import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.Checksum;
import dev.ttsworker.voicepack.Folders;
import dev.ttsworker.voicepack.SmallFile;
import dev.ttsworker.voicepack.catalogue.CatalogueItem;
import dev.ttsworker.voicepack.catalogue.CataloguePart;
import dev.ttsworker.voicepack.catalogue.VoiceSource;
import dev.ttsworker.voicepack.catalogue.VoiceSource.Joined.Piece;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Files that a user brought, for a machine without a network: wheels (or other zip files), npm
/// packages, single files, and folders that have these, or unpacked wheels, in themselves or one
/// level below. A file is looked for by its own name and by its path in the packages that the
/// catalogue names, and must be as the catalogue says.
final class GivenFiles implements PartFetcher {
  private static final int MOST_REASONS = 3;
  private static final String TARBALL = ".tgz";
  private static final String LOOSE = "files given by hand";

  private final List<Path> folders = new ArrayList<>();
  private final List<Path> files = new ArrayList<>();
  private final List<Archive> archives = new ArrayList<>();
  private final List<String> unusable = new ArrayList<>();

  /// @param place where it is, for messages
  /// @param source the same, for the voice's metadata
  private record Candidate(String place, String source, Archive.Opener opener) {}

  private GivenFiles() {}

  /// @param given files and folders
  /// @throws IOException when one of them is not there or cannot be listed
  static GivenFiles open(List<Path> given) throws IOException {
    GivenFiles opened = new GivenFiles();
    try {
      for (Path path : given) {
        opened.add(path);
      }
      return opened;
    } catch (IOException e) {
      opened.close();
      throw e;
    }
  }

  private void add(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      folders.add(path);
      for (Path entry : Folders.visible(path)) {
        if (Files.isDirectory(entry)) {
          folders.add(entry);
        } else if (isArchive(entry)) {
          addArchive(entry);
        }
      }
    } else if (!Files.isRegularFile(path)) {
      throw new IOException(
          Folders.name(path)
              + (Files.exists(path)
                  ? ": neither a regular file nor a folder"
                  : ": no such file or folder"));
    } else if (isArchive(path)) {
      addArchive(path);
    } else {
      files.add(path);
    }
  }

  private static boolean isArchive(Path file) {
    String name = Folders.name(file).toLowerCase(Locale.ROOT);
    return name.endsWith(".whl") || name.endsWith(".zip") || name.endsWith(TARBALL);
  }

  private void addArchive(Path file) {
    boolean tarball = Folders.name(file).toLowerCase(Locale.ROOT).endsWith(TARBALL);
    try {
      archives.add(tarball ? Tarball.open(file) : Wheel.open(file));
    } catch (IOException e) {
      unusable.add(Folders.name(file) + ": " + SmallFile.reason(e));
    }
  }

  /// Looks whether there is a file for everything that the items need, right or not.
  ///
  /// @throws IOException naming all that is missing and what has it
  void requireAll(List<CatalogueItem> items) throws IOException {
    List<String> missing =
        items.stream()
            .flatMap(item -> item.parts().stream())
            .flatMap(part -> missing(part).stream())
            .distinct()
            .toList();
    if (!missing.isEmpty()) {
      String looked = archives.stream().map(Archive::name).collect(Collectors.joining(", "));
      throw new IOException(
          String.join("; ", missing)
              + (looked.isEmpty() ? "" : "; looked into " + looked)
              + (unusable.isEmpty() ? "" : "; " + String.join("; ", unusable)));
    }
  }

  private Optional<String> missing(CataloguePart part) {
    String names =
        part.fileNames().stream()
            .filter(name -> candidates(part, name).isEmpty())
            .collect(Collectors.joining(", "));
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of("missing: " + names + " (from " + needed(part) + ")" + missingPieces(part));
  }

  /// What lacks of a file of which some pieces are there.
  private String missingPieces(CataloguePart part) {
    for (VoiceSource source : part.sources()) {
      if (source instanceof VoiceSource.Joined joined) {
        String lacking =
            joined.pieces().stream()
                .filter(piece -> found(piece).isEmpty())
                .map(piece -> piece.fileName() + " of " + piece.source().describe())
                .collect(Collectors.joining(", "));
        return ", of which there is no " + lacking;
      }
    }
    return "";
  }

  private static String needed(CataloguePart part) {
    return part.sources().stream().map(VoiceSource::describe).collect(Collectors.joining(" or "));
  }

  @Override
  public String fetch(
      CataloguePart part, Path folder, Consumer<Path> check, InstallProgress progress)
      throws IOException {
    Set<String> sources = new LinkedHashSet<>();
    List<String> problems = new ArrayList<>();
    for (String name : part.fileNames()) {
      List<String> reasons = new ArrayList<>();
      Optional<Candidate> found = Optional.empty();
      for (Candidate candidate : candidates(part, name)) {
        if (found.isEmpty()
            && copy(
                candidate, part.checksums(name), folder.resolve(name), check, progress, reasons)) {
          found = Optional.of(candidate);
        }
      }
      found.map(Candidate::source).ifPresentOrElse(sources::add, () -> problems.addAll(reasons));
    }
    if (!problems.isEmpty()) {
      int more = problems.size() - MOST_REASONS;
      throw new IOException(
          problems.stream().limit(MOST_REASONS).collect(Collectors.joining("; "))
              + (more > 0 ? "; and " + more + " more" : "")
              + "; needed: "
              + needed(part));
    }
    return String.join(", ", sources);
  }

  private static boolean copy(
      Candidate candidate,
      List<Optional<Checksum>> allowed,
      Path target,
      Consumer<Path> check,
      InstallProgress progress,
      List<String> reasons)
      throws IOException {
    for (Optional<Checksum> checksum : allowed) {
      Files.deleteIfExists(target);
      progress.started(candidate.place(), checksum.map(Checksum::size).orElse(-1L));
      try (InputStream input = candidate.opener().open()) {
        VerifiedCopy.copy(input, target, checksum, progress);
        if (checksum.isEmpty()) {
          check(target, check);
        }
        return true;
      } catch (InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        reasons.add(candidate.place() + " " + SmallFile.reason(e));
      } finally {
        progress.finished();
      }
    }
    return false;
  }

  private static void check(Path file, Consumer<Path> check) throws IOException {
    try {
      check.accept(file);
    } catch (WorkerException e) {
      throw new IOException("cannot be used: " + e.getMessage(), e);
    }
  }

  private List<Candidate> candidates(CataloguePart part, String name) {
    List<Candidate> candidates = new ArrayList<>();
    for (String path : paths(part, name)) {
      addCandidates(path, name, candidates);
    }
    for (Path file : files) {
      if (Folders.name(file).equals(name)) {
        addFile(file, name, candidates);
      }
    }
    for (VoiceSource source : part.sources()) {
      if (source instanceof VoiceSource.Joined joined) {
        joined(joined, name).ifPresent(candidates::add);
      }
    }
    return candidates;
  }

  private void addCandidates(String path, String name, List<Candidate> candidates) {
    for (Archive archive : archives) {
      archive
          .find(path)
          .ifPresent(entry ->
              candidates.add(new Candidate(name + " in " + archive.name(), archive.name(), entry)));
    }
    for (Path folder : folders) {
      addFile(folder.resolve(path), name, candidates);
    }
  }

  /// A file put together of its pieces; empty when one is missing.
  private Optional<Candidate> joined(VoiceSource.Joined source, String name) {
    List<JoinedInput.FoundPiece> pieces = new ArrayList<>();
    Set<String> sources = new LinkedHashSet<>();
    for (Piece piece : source.pieces()) {
      Optional<Candidate> found = found(piece);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      sources.add(found.get().source());
      pieces.add(new JoinedInput.FoundPiece(piece, found.get().place(), found.get().opener()));
    }
    return Optional.of(
        new Candidate(
            name + " in " + pieces.size() + " pieces",
            String.join(", ", sources),
            () -> new JoinedInput(pieces)));
  }

  /// A piece: of several with its path the first that is right, else the first.
  private Optional<Candidate> found(Piece piece) {
    List<Candidate> candidates = new ArrayList<>();
    addCandidates(piece.path(), piece.fileName(), candidates);
    return candidates.size() < 2
        ? candidates.stream().findFirst()
        : candidates.stream()
            .filter(candidate -> isRight(piece, candidate))
            .findFirst()
            .or(() -> candidates.stream().findFirst());
  }

  private static boolean isRight(Piece piece, Candidate candidate) {
    JoinedInput.FoundPiece found =
        new JoinedInput.FoundPiece(piece, candidate.place(), candidate.opener());
    try (InputStream input = new JoinedInput(List.of(found))) {
      input.transferTo(OutputStream.nullOutputStream());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void addFile(Path file, String name, List<Candidate> candidates) {
    if (Files.isRegularFile(file)) {
      candidates.add(new Candidate(name, LOOSE, () -> Files.newInputStream(file)));
    }
  }

  private static List<String> paths(CataloguePart part, String name) {
    Stream<String> inPackages =
        part.sources().stream()
            .filter(VoiceSource.Packaged.class::isInstance)
            .map(source -> ((VoiceSource.Packaged) source).path(name));
    return Stream.concat(inPackages, Stream.of(name)).distinct().toList();
  }

  @Override
  public void close() throws IOException {
    for (Archive archive : archives) {
      archive.close();
    }
  }
}
