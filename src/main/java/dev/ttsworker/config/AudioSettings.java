package dev.ttsworker.config;

/// `audio.*`.
public record AudioSettings(
    int outputSampleRateHz,
    int frameDurationMs,
    double loudnessTargetLufs,
    boolean normalizationEnabled) {}
