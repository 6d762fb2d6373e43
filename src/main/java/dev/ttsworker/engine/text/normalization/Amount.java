package dev.ttsworker.engine.text.normalization;

/// Verbalized amount: a number with its sign, fraction and scale.
///
/// @param end index just past it
/// @param words its verbalization
/// @param isOne whether the counted noun is singular
record Amount(int end, String words, boolean isOne) {}
