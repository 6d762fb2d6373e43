package dev.ttsworker.engine.text.normalization;

/// English dialect.
enum Dialect {
  /// Month before day, no "and" in numbers, meters.
  US,
  /// Day before month, "and" in numbers, metres.
  GB
}
