package dev.ttsworker.engine.text.normalization;

/// A number with its sign, fraction and scale.
///
/// @param end index just past it
/// @param words as it is said
/// @param isOne whether what is counted stands in the singular
record Amount(int end, String words, boolean isOne) {}
