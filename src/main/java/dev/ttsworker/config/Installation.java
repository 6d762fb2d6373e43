package dev.ttsworker.config;

import java.nio.file.Files;
import java.nio.file.Path;

/// Install location of this worker; the launcher passes it as system properties.
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

  /// Voices that came with a packaged worker, such as an image's; need not exist. Only read.
  public Path ownVoices() {
    return home.resolve("voices");
  }

  public boolean isCheckout() {
    return Files.exists(home.resolve("pom.xml"));
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
