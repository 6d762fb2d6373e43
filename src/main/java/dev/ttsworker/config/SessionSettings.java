package dev.ttsworker.config;

import java.time.Duration;

/// `session.*`.
///
/// @param maxOpen past this the longest idle session is dropped
/// @param idleTimeToLive zero for never
/// @param maxPause a call paused for longer ends
/// @param implicit whether a call whose session is not open here gets one of its own
/// @param maxLexiconsMb of the lexicons of all sessions, equal ones counted once
public record SessionSettings(
    int maxOpen, Duration idleTimeToLive, Duration maxPause, boolean implicit, int maxLexiconsMb) {}
