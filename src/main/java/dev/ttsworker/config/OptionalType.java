package dev.ttsworker.config;

import java.util.Optional;

/// A value that need not be there.
record OptionalType<T>(ValueType<T> type) implements ValueType<Optional<T>> {

  @Override
  public String allowed() {
    return type.allowed();
  }

  @Override
  public Optional<T> read(Raw raw) throws NotAllowed {
    return Optional.of(type.read(raw));
  }
}
