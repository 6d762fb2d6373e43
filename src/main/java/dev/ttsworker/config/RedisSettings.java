package dev.ttsworker.config;

import java.net.URI;
import java.time.Duration;

/// `redis.*`.
public record RedisSettings(
    boolean enabled, URI url, Duration registrationTimeToLive, Duration heartbeatInterval) {}
