package dev.ttsworker.config.value;

import dev.ttsworker.yaml.Origin;
import dev.ttsworker.yaml.Raw;

/// What a key's value may be.
public sealed interface ValueType<T> permits ScalarType, ListType, SomeType, MapType, OptionalType {
  /// The allowed values in words, as in `configs/worker.yaml`.
  String allowed();

  /// The typed value.
  ///
  /// @throws NotAllowed when the value is none of the allowed ones
  T read(Raw raw) throws NotAllowed;

  /// A value is not one of the allowed ones.
  final class NotAllowed extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Origin origin;

    /// @param complaint what is wrong with which value
    /// @param hint what follows "allowed: …", such as a near match; may be empty
    NotAllowed(Raw raw, String complaint, String allowed, String hint) {
      super(complaint + "; allowed: " + allowed + hint, null, false, false);
      this.origin = raw.origin();
    }

    /// Where the value was written.
    public Origin origin() {
      return origin;
    }

    /// The value and what is allowed, on one line.
    public String text() {
      return String.valueOf(getMessage());
    }
  }
}
