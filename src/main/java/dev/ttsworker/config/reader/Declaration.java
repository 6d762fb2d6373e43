package dev.ttsworker.config.reader;

import dev.ttsworker.config.value.ValueType;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Declaration of a key, which ends with [#into]: from then on the name is known, and the record
/// has its value. Used once.
///
/// @param <R> the record that the key fills
/// @param <T> what is written
/// @param <V> what the record has of it
final class Declaration<R, T, V> {
  private final Section<R> section;
  private final String path;
  private final ValueType<T> type;
  private final T fallback;
  private final Function<T, V> value;
  private final Function<V, Object> shown;
  private List<String> aliases = List.of();
  private List<String> variables = List.of();
  private Optional<Option> option = Optional.empty();

  /// @param path sections and name
  /// @param value what becomes of what is written
  /// @param shown what people see of that
  Declaration(
      Section<R> section,
      String path,
      ValueType<T> type,
      T fallback,
      Function<T, V> value,
      Function<V, Object> shown) {
    this.section = section;
    this.path = path;
    this.type = type;
    this.fallback = fallback;
    this.value = value;
    this.shown = shown;
  }

  /// Another path in the file, from the top; it wins over the key's own.
  Declaration<R, T, V> alias(String other) {
    aliases = List.of(other);
    return this;
  }

  /// Environment variables, the first one given wins.
  Declaration<R, T, V> variables(String... names) {
    variables = List.of(names);
    return this;
  }

  /// The option of the command line.
  Declaration<R, T, V> option(Option given) {
    option = Optional.of(given);
    return this;
  }

  /// The value for the record.
  ///
  /// @param component of the record, which people are shown as the value in effect
  /// @param summary one line of documentation, which `configs/worker.yaml` has at the key
  V into(Function<R, V> component, String summary) {
    Key<T> key =
        new Key<>(
            path,
            summary,
            type,
            fallback,
            aliases,
            variables,
            option,
            config -> shown.apply(component.apply(section.record().apply(config))));
    return value.apply(section.sources().get(key));
  }
}
