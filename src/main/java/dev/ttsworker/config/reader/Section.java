package dev.ttsworker.config.reader;

import dev.ttsworker.config.WorkerConfig;
import dev.ttsworker.config.value.OptionalType;
import dev.ttsworker.config.value.ScalarType;
import dev.ttsworker.config.value.ValueType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/// Section of keys while it is read: begins the declaration of each key, with its default last.
///
/// @param path such as `worker.capabilities`
/// @param record the one that the keys fill, out of a whole configuration
record Section<R>(Sources sources, String path, Function<WorkerConfig, R> record) {
  <T> Declaration<R, T, T> key(String name, ValueType<T> type, T fallback) {
    return key(name, type, fallback, value -> value, value -> value);
  }

  /// @param value what the record gets of what is written
  /// @param shown what people see of that
  <T, V> Declaration<R, T, V> key(
      String name, ValueType<T> type, T fallback, Function<T, V> value, Function<V, Object> shown) {
    return new Declaration<>(this, path + "." + name, type, fallback, value, shown);
  }

  Declaration<R, Boolean, Boolean> flag(String name, boolean fallback) {
    return key(name, ScalarType.flag(), fallback);
  }

  Declaration<R, Integer, Integer> whole(String name, int least, int most, int fallback) {
    return key(name, ScalarType.whole(least, most), fallback);
  }

  Declaration<R, Integer, Duration> millis(String name, int least, int most, int fallback) {
    return millis(name, ScalarType.whole(least, most), fallback);
  }

  Declaration<R, Integer, Duration> millis(String name, ScalarType<Integer> type, int fallback) {
    return key(name, type, fallback, ms -> Duration.ofMillis(ms), Duration::toMillis);
  }

  Declaration<R, Integer, Duration> seconds(String name, int least, int most, int fallback) {
    ScalarType<Integer> type = ScalarType.whole(least, most);
    return key(name, type, fallback, s -> Duration.ofSeconds(s), Duration::toSeconds);
  }

  /// A value without a default.
  <T> Declaration<R, Optional<T>, Optional<T>> optional(String name, ValueType<T> type) {
    return key(name, new OptionalType<>(type), Optional.empty());
  }

  /// A path, against the base folder.
  Declaration<R, Path, Path> path(String name, Path fallback) {
    return key(name, KeyTypes.PATH, fallback, sources::resolve, path -> path);
  }

  /// A path without a default.
  Declaration<R, Optional<Path>, Optional<Path>> optionalPath(String name) {
    return key(
        name,
        new OptionalType<>(KeyTypes.PATH),
        Optional.empty(),
        path -> path.map(sources::resolve),
        path -> path);
  }
}
