package dev.ttsworker.engine;

/// Phrase cache statistics since the engine was opened.
///
/// @param hits phrases that were found
/// @param misses phrases short enough to be kept that were not found
/// @param bytes memory of the audio that is kept
public record PhraseCacheStats(long hits, long misses, long bytes) {}
