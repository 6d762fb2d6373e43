package dev.ttsworker.engine.synthesis;

/// Where synthesis tells what it does.
///
/// @param cost what speech costs
/// @param counts how much is done, and how long it takes
public record SpeechMeters(CostMeter cost, SpeechCounts counts) {}
