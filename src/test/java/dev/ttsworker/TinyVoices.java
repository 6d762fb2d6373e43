package dev.ttsworker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// The tiny voices of the tests, which every checkout has.
public final class TinyVoices {
  private TinyVoices() {}

  /// Copies them to a voicepack root of the test's own, since loading keeps files beside a voice.
  public static void copy(Path root) throws IOException {
    Path source = Path.of("src/test/resources/voicepacks");
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = root.resolve(source.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }
}
