package dev.ttsworker.config;

import java.time.Duration;

/// `synthesis.*`.
///
/// @param maxLead audio computed at most past the real-time play-out of a call
public record SynthesisSettings(Duration maxLead) {}
