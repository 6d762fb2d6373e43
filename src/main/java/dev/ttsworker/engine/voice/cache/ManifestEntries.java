package dev.ttsworker.engine.voice.cache;

import java.util.Properties;

/// Reader of the entries of a manifest of parts.
public final class ManifestEntries {
  private ManifestEntries() {}

  /// The value of an entry.
  ///
  /// @throws IllegalArgumentException when it is missing
  public static String required(Properties entries, String key) {
    String value = entries.getProperty(key);
    if (value == null) {
      throw new IllegalArgumentException(key + " is missing");
    }
    return value;
  }
}
