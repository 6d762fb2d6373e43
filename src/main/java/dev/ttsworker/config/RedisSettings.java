package dev.ttsworker.config;

import java.time.Duration;

/// `redis.*`.
public record RedisSettings(
    boolean enabled,
    RedisAddress url,
    Duration registrationTimeToLive,
    Duration heartbeatInterval) {}
