package dev.ttsworker;

import dev.ttsworker.cli.LocalSpeech;
import dev.ttsworker.config.Installation;
import dev.ttsworker.config.reader.ConfigLoader;
import dev.ttsworker.config.reader.Overrides;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The tiny voices of the tests, which every checkout has.
public final class TinyVoices {
  private static final Path SOURCE = Path.of("src/test/resources/voicepacks");

  private TinyVoices() {}

  /// Copies them to a voicepack root of the test's own, since loading keeps files beside a voice.
  public static void copy(Path root) throws IOException {
    copy(SOURCE, root);
  }

  /// The same with what the first loading keeps beside them.
  public static void copyLoaded(Path root) throws IOException {
    copy(Loaded.ROOT, root);
  }

  private static void copy(Path source, Path root) throws IOException {
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = root.resolve(source.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }

  /// Loaded once in this process.
  private static final class Loaded {
    static final Path ROOT = load();

    private static Path load() {
      try {
        Path folder = Files.createTempDirectory("tiny-voices");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
        Path root = folder.resolve("voicepacks");
        copy(SOURCE, root);
        Path file = Files.writeString(folder.resolve("worker.yaml"), "engine: {nice: 0}");
        LocalSpeech speech =
            new LocalSpeech(
                new ConfigLoader(folder, false, Map.of()).load(Optional.of(file), Overrides.none()),
                new Installation(folder, Path.of(System.getProperty("tts.native.directory"))));
        for (String model : List.of("piper-tiny", "piper-tiny-speakers")) {
          LocalSpeech.Request request =
              new LocalSpeech.Request("Hello.", model, 1, 1, "", Map.of());
          var _ = speech.speak(request, _ -> {}, _ -> {});
        }
        return root;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void delete(Path folder) {
      try {
        TestWorker.deleteFolder(folder);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
