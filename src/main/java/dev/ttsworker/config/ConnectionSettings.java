package dev.ttsworker.config;

import java.time.Duration;

/// `limits.*` of connections.
///
/// @param maxConnections open at once, over all clients
/// @param maxCalls open at once on one connection
/// @param maxResets calls that one connection may break off within `resetWindow`
/// @param resetWindow whole seconds
/// @param maxIdle a connection without calls for longer is closed; zero for never
public record ConnectionSettings(
    int maxConnections, int maxCalls, int maxResets, Duration resetWindow, Duration maxIdle) {}
