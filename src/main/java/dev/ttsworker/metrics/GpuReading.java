package dev.ttsworker.metrics;

import java.util.OptionalInt;

/// What a GPU says of itself.
///
/// @param device such as `cuda:0`
/// @param usedBytes of its memory, whoever uses them
/// @param utilizationPercent how much of the latest moments it was busy, where it says so
public record GpuReading(
    String device, long usedBytes, long totalBytes, OptionalInt utilizationPercent) {}
