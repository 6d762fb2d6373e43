package dev.ttsworker.config;

/// `limits.*` of calls.
///
/// @param maxOpenCalls over all sessions
/// @param maxWaitingTextMb of text that came in and is not yet spoken, over all calls
public record LimitSettings(
    int maxChunkChars, int maxCallChars, int maxOpenCalls, int maxWaitingTextMb) {}
