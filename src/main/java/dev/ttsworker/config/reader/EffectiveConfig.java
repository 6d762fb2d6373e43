package dev.ttsworker.config.reader;

import dev.ttsworker.config.WorkerConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Effective configuration, for people.
public final class EffectiveConfig {
  private EffectiveConfig() {}

  /// One `key: value` line for every key, sorted by key. The Redis address shows no user and no
  /// password; what is not set shows `none`.
  public static List<String> lines(WorkerConfig config) {
    return ConfigLoader.keys().stream()
        .map(key -> key.path() + ": " + show(key.shown().apply(config)))
        .sorted()
        .toList();
  }

  private static String show(Object value) {
    return switch (value) {
      case Optional<?> optional -> optional.isPresent() ? optional.get().toString() : "none";
      case List<?> list ->
          list.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
      case Map<?, ?> map ->
          new TreeMap<>(map)
              .entrySet().stream()
                  .map(entry -> entry.getKey() + ": " + entry.getValue())
                  .collect(Collectors.joining(", ", "{", "}"));
      default -> value.toString();
    };
  }
}
