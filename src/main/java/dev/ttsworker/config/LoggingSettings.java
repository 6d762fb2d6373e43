package dev.ttsworker.config;

import java.nio.file.Path;
import java.util.Optional;

/// `logging.*`.
///
/// @param file also written to; empty for none
public record LoggingSettings(
    Level level, Format format, boolean includeSessionId, Optional<Path> file) {

  public enum Level {
    DEBUG,
    INFO,
    WARNING,
    ERROR,
    CRITICAL
  }

  public enum Format {
    JSON,
    TEXT
  }
}
