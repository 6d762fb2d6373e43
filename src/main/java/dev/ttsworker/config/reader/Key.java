package dev.ttsworker.config.reader;

import dev.ttsworker.config.WorkerConfig;
import dev.ttsworker.config.value.ListType;
import dev.ttsworker.config.value.MapType;
import dev.ttsworker.config.value.OneOrManyType;
import dev.ttsworker.config.value.OptionalType;
import dev.ttsworker.config.value.ScalarType;
import dev.ttsworker.config.value.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Configuration key: one row of the table of settings.
///
/// @param path sections and name, such as `worker.grpc_port`
/// @param fallback the default
/// @param shown the value in effect, for people
/// @param aliases other paths in the file; they win over `path`, see [FileValues]
/// @param variables environment variables, the first one given wins
record Key<T>(
    String path,
    ValueType<T> type,
    T fallback,
    Function<WorkerConfig, Object> shown,
    List<String> aliases,
    List<String> variables,
    Optional<Option> option) {

  static <T> Key<T> of(
      String path, ValueType<T> type, T fallback, Function<WorkerConfig, Object> shown) {
    return new Key<>(path, type, fallback, shown, List.of(), List.of(), Optional.empty());
  }

  /// A setting without a default.
  static <T> Key<Optional<T>> optional(
      String path, ValueType<T> type, Function<WorkerConfig, Object> shown) {
    return of(path, new OptionalType<>(type), Optional.empty(), shown);
  }

  Key<T> alias(String alias) {
    return new Key<>(path, type, fallback, shown, List.of(alias), variables, option);
  }

  Key<T> variables(String... names) {
    return new Key<>(path, type, fallback, shown, aliases, List.of(names), option);
  }

  Key<T> option(Option given) {
    return new Key<>(path, type, fallback, shown, aliases, variables, Optional.of(given));
  }

  /// Whether the key may stand in the file with nothing behind it, which means its default.
  boolean mayBeBare() {
    return switch (type) {
      case ListType<?> _, MapType<?> _, OptionalType<?> _ -> true;
      case ScalarType<?> _, OneOrManyType<?> _ -> false;
    };
  }

  /// Every path under which the file may give the value.
  List<String> paths() {
    List<String> paths = new ArrayList<>(aliases);
    paths.add(path);
    return List.copyOf(paths);
  }
}
