package dev.ttsworker;

import dev.ttsworker.voicepack.catalogue.Catalogue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// Where this worker lies on disk; the launcher tells it by system properties.
///
/// @param home the checkout or the packaged folder
/// @param nativeDirectory the unpacked native libraries
public record Installation(Path home, Path nativeDirectory) {

  /// As the launcher said.
  ///
  /// @throws IllegalStateException when java was started without the launcher
  public static Installation current() {
    return new Installation(property("tts.home"), property("tts.native.directory"));
  }

  private static Path property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalStateException(
          "System property " + name + " is not set; start the worker with ./tts-worker");
    }
    return Path.of(value).toAbsolutePath().normalize();
  }

  public boolean isCheckout() {
    return Files.exists(home.resolve("pom.xml"));
  }

  /// The voice catalogue: the one beside the voices, else the one that came with the worker, else
  /// an empty one.
  ///
  /// @throws dev.ttsworker.error.WorkerException when it cannot be used
  public Catalogue catalogue(Path voicepackRoot) {
    Path own = voicepackRoot.resolve(Catalogue.FILE_NAME);
    Path shipped = home.resolve("voicepacks").resolve(Catalogue.FILE_NAME);
    return Stream.of(own, shipped)
        .filter(Files::exists)
        .findFirst()
        .map(Catalogue::read)
        .orElseGet(Catalogue::empty);
  }

  /// Keeps what is computed from voices whose own folder cannot be written to.
  public Path cacheFolder() {
    Path userHome = Path.of(System.getProperty("user.home", "?"));
    Path base =
        userHome.isAbsolute()
            ? userHome.resolve(".cache")
            : Path.of(System.getProperty("java.io.tmpdir"));
    return base.resolve("tts-worker");
  }
}
