package dev.ttsworker.config.reader;

import dev.ttsworker.config.WorkerConfig;
import dev.ttsworker.config.value.ListType;
import dev.ttsworker.config.value.MapType;
import dev.ttsworker.config.value.OneOrManyType;
import dev.ttsworker.config.value.OptionalType;
import dev.ttsworker.config.value.ScalarType;
import dev.ttsworker.config.value.ValueType;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Configuration key, made by its [Declaration].
///
/// @param path sections and name, such as `worker.grpc_port`
/// @param summary one line of documentation, which `configs/worker.yaml` has at the key
/// @param fallback the default
/// @param aliases other paths in the file; they win over `path`
/// @param variables environment variables, the first one given wins
/// @param shown the value in effect, for people
record Key<T>(
    String path,
    String summary,
    ValueType<T> type,
    T fallback,
    List<String> aliases,
    List<String> variables,
    Optional<Option> option,
    Function<WorkerConfig, Object> shown) {

  /// Whether the key may stand in the file with nothing behind it, which means its default.
  boolean mayBeBare() {
    return switch (type) {
      case ListType<?> _, MapType<?> _, OptionalType<?> _ -> true;
      case ScalarType<?> _, OneOrManyType<?> _ -> false;
    };
  }

  /// Every path under which the file may give the value, the strongest first.
  List<String> paths() {
    return Stream.concat(aliases.stream(), Stream.of(path)).toList();
  }
}
