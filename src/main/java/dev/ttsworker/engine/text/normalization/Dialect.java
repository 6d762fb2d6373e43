package dev.ttsworker.engine.text.normalization;

/// The English that is spoken.
enum Dialect {
  /// Month before day, no "and" in numbers, meters.
  US,
  /// Day before month, "and" in numbers, metres.
  GB
}
