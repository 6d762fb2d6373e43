package dev.ttsworker.bench.report;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What the server used during one run; empty where it could not be told.
///
/// @param cpuSecondsPerAudioSecond CPU time of the server's process per second of audio received
/// @param peakRssBytes the most physical memory since its start, or, from a metrics endpoint, the
///   larger of the values before and after the run
/// @param admissionWaitMs how long calls waited for capacity on average, as the server tells it
public record ServerCost(
    OptionalDouble cpuSecondsPerAudioSecond,
    OptionalLong peakRssBytes,
    OptionalDouble admissionWaitMs) {}
