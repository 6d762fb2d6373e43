package dev.ttsworker.config;

import java.time.Duration;

/// `synthesis.*`.
///
/// @param maxLead audio computed at most past the real-time play-out of a call
/// @param phraseCacheMb most memory of phrases that are kept to be said again; 0 keeps none
/// @param phraseCacheMaxChars longer phrases are not kept
public record SynthesisSettings(Duration maxLead, int phraseCacheMb, int phraseCacheMaxChars) {}
