package dev.ttsworker.config.value;

import dev.ttsworker.yaml.Location;
import dev.ttsworker.yaml.YamlNode;

/// Value type: what a key's value may be.
public sealed interface ValueType<T>
    permits ScalarType, ListType, OneOrManyType, MapType, OptionalType {
  /// The allowed values in words, as in `configs/worker.yaml`.
  String allowed();

  /// The typed value.
  ///
  /// @throws NotAllowed when the value is none of the allowed ones
  T read(YamlNode raw) throws NotAllowed;

  /// A value is not one of the allowed ones.
  final class NotAllowed extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Location origin;

    /// @param complaint what is wrong with which value
    /// @param hint what follows "allowed: …", such as a near match; may be empty
    NotAllowed(YamlNode raw, String complaint, String allowed, String hint) {
      super(complaint + "; allowed: " + allowed + hint, null, false, false);
      this.origin = raw.origin();
    }

    /// Where the value was written.
    public Location origin() {
      return origin;
    }

    /// The value and what is allowed, on one line.
    public String text() {
      return String.valueOf(getMessage());
    }
  }
}
