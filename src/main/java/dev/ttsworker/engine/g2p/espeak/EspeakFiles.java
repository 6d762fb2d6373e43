package dev.ttsworker.engine.g2p.espeak;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Location of eSpeak NG on this machine.
///
/// @param library the shared library
/// @param data the folder `espeak-ng-data`; empty for the one compiled into the system's library
record EspeakFiles(Path library, Optional<Path> data) {
  /// Library folders of distributions and package managers.
  static final List<Path> SYSTEM_FOLDERS =
      List.of(
          Path.of("/usr/lib/x86_64-linux-gnu"),
          Path.of("/usr/lib/aarch64-linux-gnu"),
          Path.of("/usr/lib64"),
          Path.of("/usr/lib"),
          Path.of("/usr/local/lib"),
          Path.of("/opt/homebrew/lib"));

  private static final List<String> LIBRARY_NAMES =
      List.of("libespeak-ng.so.1", "libespeak-ng.1.dylib", "libespeak-ng.dylib");

  /// Searches `nativeDirectory` for library and data, then `systemFolders` for the library only.
  ///
  /// @throws WorkerException `INVALID_CONFIGURATION` when neither has it, or when the data folder
  ///   is missing beside our own library
  static EspeakFiles find(Path nativeDirectory, List<Path> systemFolders) {
    Optional<Path> own = library(nativeDirectory);
    if (own.isPresent()) {
      return new EspeakFiles(own.get(), Optional.of(data(nativeDirectory)));
    }
    return systemFolders.stream()
        .map(EspeakFiles::library)
        .flatMap(Optional::stream)
        .findFirst()
        .map(library -> new EspeakFiles(library, Optional.empty()))
        .orElseThrow(() -> nowhere(nativeDirectory));
  }

  /// Whether the library is not the bundled one.
  boolean isSystemLibrary() {
    return data.isEmpty();
  }

  private static Optional<Path> library(Path folder) {
    return LIBRARY_NAMES.stream().map(folder::resolve).filter(Files::isRegularFile).findFirst();
  }

  private static Path data(Path nativeDirectory) {
    Path data = nativeDirectory.resolve("espeak-ng-data");
    if (!Files.isRegularFile(data.resolve("phontab"))) {
      throw new WorkerException(
          ErrorCode.INVALID_CONFIGURATION,
          "eSpeak NG cannot be used: its library is in "
              + nativeDirectory
              + ", its data not;"
              + " expected the folder espeak-ng-data with the file phontab beside it");
    }
    return data;
  }

  private static WorkerException nowhere(Path nativeDirectory) {
    return new WorkerException(
        ErrorCode.INVALID_CONFIGURATION,
        "eSpeak NG not found: a build may leave it out, and none of "
            + LIBRARY_NAMES
            + " is in "
            + nativeDirectory
            + " or in the system's library folders");
  }
}
