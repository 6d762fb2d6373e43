package dev.ttsworker.engine;

import java.util.OptionalInt;

/// GPU memory and utilization at one moment.
///
/// @param device such as `cuda:0`
/// @param usedBytes memory in use, by whatever process
/// @param totalBytes memory of the GPU
/// @param utilizationPercent 0..100; empty when the driver does not give it
public record GpuUsage(
    String device, long usedBytes, long totalBytes, OptionalInt utilizationPercent) {}
