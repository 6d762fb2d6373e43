package dev.ttsworker.voices;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ttsworker.config.Installation;
import dev.ttsworker.config.ModelSettings;
import dev.ttsworker.engine.g2p.english.TinyEnglish;
import dev.ttsworker.voicepack.DataFormats;
import dev.ttsworker.voicepack.Voices;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AutoInstallTest {
  private static final String ID = "hibari-en-us-heart";
  private static final Path TINY = Path.of("src/test/resources/voicepacks/hibari/tiny");

  @TempDir Path root;

  @Test
  void voiceWithoutItsLanguageDataIsMissing() throws IOException {
    assertEquals(Optional.of(ID), missing(ID));
    Path voice = Files.createDirectories(root.resolve("hibari/en-us-heart"));
    for (String name : List.of("tiny.onnx", "vocab.json")) {
      Files.copy(TINY.resolve(name), voice.resolve(name));
    }
    assertEquals(Optional.of(ID), missing(ID));
    Path data = DataFormats.file(root, "english");
    Voices.write(data, "an older version of the data");
    assertEquals(Optional.of(ID), missing(ID));
    DataFormats.find("english")
        .orElseThrow()
        .compile(TinyEnglish.sources(root.resolve("piper")), data);
    assertEquals(Optional.empty(), missing(ID));
  }

  @Test
  void voiceThatNeedsNoDataIsThere() {
    Voices.add(root, "piper", "en-us-joe-medium");
    assertEquals(Optional.empty(), missing("piper-en-us-joe-medium"));
  }

  @Test
  void whatCameWithThePackagedWorkerIsThere() throws IOException {
    Path home = Files.createDirectory(root.resolve("home"));
    Path voice = Files.createDirectories(home.resolve("voices/hibari/en-us-heart"));
    for (String name : List.of("tiny.onnx", "vocab.json")) {
      Files.copy(TINY.resolve(name), voice.resolve(name));
    }
    Files.createDirectory(home.resolve("voicepacks"));
    Files.copy(Path.of("voicepacks/catalog.yaml"), home.resolve("voicepacks/catalog.yaml"));
    assertEquals(Optional.of(ID), missing(ID, home));
    DataFormats.find("english")
        .orElseThrow()
        .compile(
            TinyEnglish.sources(Files.createDirectory(root.resolve("sources"))),
            DataFormats.file(home.resolve("voices"), "english"));
    assertEquals(Optional.empty(), missing(ID, home));
  }

  private Optional<String> missing(String id) {
    return missing(id, Path.of("").toAbsolutePath());
  }

  private Optional<String> missing(String id, Path home) {
    ModelSettings settings =
        new ModelSettings(
            id,
            "",
            List.of(),
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            1,
            1,
            true,
            "Ready.",
            root,
            Map.of(),
            true,
            URI.create("http://127.0.0.1:1/"));
    Installation installation = new Installation(home, root);
    return new AutoInstall(settings, installation).missingDefault();
  }
}
