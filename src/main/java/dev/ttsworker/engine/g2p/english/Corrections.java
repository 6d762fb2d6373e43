package dev.ttsworker.engine.g2p.english;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// Corrections to the lexicons, of this project: names and new words that they lack or have wrong.
/// A line of the resource is a word in lower case and its phonemes in this alphabet.
final class Corrections {
  private Corrections() {}

  /// Phonemes by word, those of this build.
  static Map<String, String> of(Accent accent) {
    String name = "corrections-" + accent.variety() + ".txt";
    try (InputStream in = Corrections.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split(" ", 2))
          .collect(Collectors.toUnmodifiableMap(parts -> parts[0], parts -> parts[1]));
    } catch (IOException e) {
      throw new UncheckedIOException("resource " + name, e);
    }
  }
}
