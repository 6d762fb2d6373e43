package dev.ttsworker.config.value;

import dev.ttsworker.yaml.YamlNode;
import java.util.Optional;

/// Optional type: a value that may be absent.
public record OptionalType<T>(ValueType<T> type) implements ValueType<Optional<T>> {

  @Override
  public String allowed() {
    return type.allowed();
  }

  @Override
  public Optional<T> read(YamlNode raw) throws NotAllowed {
    return Optional.of(type.read(raw));
  }
}
