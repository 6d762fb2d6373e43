package dev.ttsworker.synthesis;

import java.util.function.LongConsumer;

/// Where synthesis tells what it does.
///
/// @param cost what speech costs
/// @param framesMade told how many frames were computed, each time there are some
public record SpeechMeters(CostMeter cost, LongConsumer framesMade) {}
