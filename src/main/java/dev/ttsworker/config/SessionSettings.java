package dev.ttsworker.config;

import java.time.Duration;

/// `session.*`.
///
/// @param maxOpen past this the longest idle session is dropped
/// @param idleTimeToLive zero for never
/// @param maxPause a call paused for longer ends
public record SessionSettings(int maxOpen, Duration idleTimeToLive, Duration maxPause) {}
