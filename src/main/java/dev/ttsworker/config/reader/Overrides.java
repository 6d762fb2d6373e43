package dev.ttsworker.config.reader;

import java.util.Map;
import java.util.Optional;

/// Command-line overrides as they were typed; the loader checks them. Relative paths must have been
/// resolved against the caller's folder.
public record Overrides(Map<Option, String> values) {
  public Overrides {
    values = Map.copyOf(values);
  }

  /// A command line that overrides nothing.
  public static Overrides none() {
    return new Overrides(Map.of());
  }

  Optional<String> get(Option option) {
    return Optional.ofNullable(values.get(option));
  }
}
