package dev.ttsworker.config;

/// `limits.*`.
public record LimitSettings(int maxChunkChars, int maxCallChars) {}
