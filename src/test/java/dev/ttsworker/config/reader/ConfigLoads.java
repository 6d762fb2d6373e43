package dev.ttsworker.config.reader;

import dev.ttsworker.config.WorkerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Loads configurations out of strings, for the tests of this package.
final class ConfigLoads {
  static final Path BASE = Path.of("/base");

  private final Path file;

  ConfigLoads(Path folder) {
    this.file = folder.resolve("worker.yaml");
  }

  Path file() {
    return file;
  }

  WorkerConfig load(String yaml, Map<String, String> environment, Map<Option, String> options) {
    return loader(environment).load(Optional.of(write(yaml)), new Overrides(options));
  }

  WorkerConfig load(String yaml) {
    return load(yaml, Map.of(), Map.of());
  }

  List<ConfigProblem> problems(String yaml) {
    return problems(yaml, Map.of());
  }

  List<ConfigProblem> problems(String yaml, Map<String, String> environment) {
    return loader(environment).check(Optional.of(write(yaml)), Overrides.none()).problems();
  }

  Path write(String yaml) {
    return write(yaml.getBytes(StandardCharsets.UTF_8));
  }

  Path write(byte[] bytes) {
    try {
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ConfigLoader loader(Map<String, String> environment) {
    return new ConfigLoader(BASE, false, environment);
  }

  static WorkerConfig defaults() {
    return loader(Map.of()).load(Optional.empty(), Overrides.none());
  }
}
