package dev.ttsworker.voicepack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Small voices for tests.
public final class Voices {
  public static final byte[] MODEL = "\u0008\u0008 a model".getBytes(StandardCharsets.UTF_8);
  public static final String CONFIG =
      """
      {"audio": {"sample_rate": 22050, "quality": "low"},
       "espeak": {"voice": "en-us"},
       "language": {"code": "en_US"},
       "num_speakers": 2,
       "speaker_id_map": {"a": 0, "b": 1},
       "phoneme_id_map": {"_": [0], "^": [1], "$": [2], "x": [3, 4]}}
      """;

  private Voices() {}

  public static Path add(Path root, String family, String name) {
    Path folder = root.resolve(family).resolve(name);
    write(folder.resolve("v.onnx"), MODEL);
    write(folder.resolve("v.onnx.json"), CONFIG);
    return folder;
  }

  public static Path write(Path file, String text) {
    return write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  public static Path write(Path file, byte[] content) {
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
