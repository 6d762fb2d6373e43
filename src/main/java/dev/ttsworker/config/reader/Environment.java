package dev.ttsworker.config.reader;

import java.util.Map;

/// Environment variables: the one place that reads the process's environment.
public final class Environment {
  private Environment() {}

  /// The variables of this process; never changes.
  public static Map<String, String> current() {
    return System.getenv();
  }
}
