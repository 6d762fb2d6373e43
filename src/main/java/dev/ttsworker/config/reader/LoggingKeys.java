package dev.ttsworker.config.reader;

import dev.ttsworker.config.LoggingSettings;
import dev.ttsworker.config.LoggingSettings.Format;
import dev.ttsworker.config.LoggingSettings.Level;
import dev.ttsworker.config.value.ScalarType;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The keys of `logging`.
final class LoggingKeys {
  private static final Path CHECKOUT_FILE = Path.of("logs", "worker.log");

  private static final Map<String, String> OTHER_LEVEL_NAMES =
      Map.of(
          "trace", "DEBUG",
          "verbose", "DEBUG",
          "warn", "WARNING",
          "severe", "ERROR",
          "fatal", "CRITICAL");

  static final Key<Level> LEVEL =
      Key.of(
              "logging.level",
              ScalarType.choice(Level.class, Function.identity(), OTHER_LEVEL_NAMES),
              Level.INFO,
              c -> c.logging().level())
          .alias("log_level")
          .variables("LOG_LEVEL")
          .option(Option.LOG_LEVEL);

  static final Key<Format> FORMAT =
      Key.of(
              "logging.format",
              ScalarType.choice(Format.class, EngineKeys::lower),
              Format.JSON,
              c -> EngineKeys.lower(c.logging().format().name()))
          .variables("LOG_FORMAT");

  static final Key<Boolean> INCLUDE_SESSION_ID =
      Key.of(
          "logging.include_session_id",
          ScalarType.flag(),
          true,
          c -> c.logging().includeSessionId());

  static final Key<Optional<Path>> FILE =
      Key.optional(
          "logging.file",
          ScalarType.parsed("a path, or \"\" for no file", LoggingKeys::parseFile),
          c -> c.logging().file());

  static final List<Key<?>> ALL = List.of(LEVEL, FORMAT, INCLUDE_SESSION_ID, FILE);

  private LoggingKeys() {}

  /// @param checkout whether the worker runs from its source checkout, which has a place for logs
  static LoggingSettings read(Sources sources, boolean checkout) {
    Optional<Path> file =
        sources
            .get(FILE)
            .or(() -> checkout ? Optional.of(CHECKOUT_FILE) : Optional.empty())
            .filter(path -> !path.toString().isEmpty())
            .map(sources::resolve);
    return new LoggingSettings(
        sources.get(LEVEL), sources.get(FORMAT), sources.get(INCLUDE_SESSION_ID), file);
  }

  private static Optional<Path> parseFile(String text) {
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
