package dev.ttsworker.voicepack;

import dev.ttsworker.error.WorkerException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/// The language data formats of this build, found once by [ServiceLoader], and where their files
/// lie.
public final class DataFormats {
  private static final List<DataFormat> ALL =
      ServiceLoader.load(DataFormat.class).stream().map(ServiceLoader.Provider::get).toList();

  private DataFormats() {}

  public static List<DataFormat> all() {
    return ALL;
  }

  /// The format with this id; empty when this build has none.
  public static Optional<DataFormat> find(String id) {
    return ALL.stream().filter(format -> format.id().equals(id)).findFirst();
  }

  /// Whether language data are installed in this build's version, as far as their head shows.
  public static boolean isInstalled(Path voicepackRoot, String id) {
    try {
      find(id).ifPresent(format -> format.checkHead(file(voicepackRoot, id)));
      return find(id).isPresent();
    } catch (WorkerException e) {
      return false;
    }
  }

  /// The first folder in which all language data of this build are installed, else the first.
  ///
  /// @param folders at least one
  public static Path folder(List<Path> folders) {
    return folders.stream()
        .filter(folder -> ALL.stream().allMatch(format -> isInstalled(folder, format.id())))
        .findFirst()
        .orElse(folders.getFirst());
  }

  /// Where the compiled data lie, installed or not.
  public static Path file(Path voicepackRoot, String id) {
    return voicepackRoot.resolve(id + ".dat");
  }
}
