package dev.ttsworker.config;

import java.time.Duration;

/// `limits.*` of connections.
///
/// @param maxConnections open at once, over all clients
/// @param maxConnectionsOfAddress open at once of one address
/// @param maxCalls open at once on one connection
/// @param maxResets calls that one connection may break off within `resetWindow`
/// @param resetWindow whole seconds
/// @param maxIdle a connection without calls for longer is closed; zero for never
/// @param maxAge an older one is closed once its calls have ended; zero for never
/// @param ageGrace for calls to end on a connection that is too old
/// @param wireMemoryBytes that requests and answers on their way may hold, over all connections
/// @param wireMemoryBytesOfOne the same for one connection
/// @param messageTimeout for a message, once it has begun, to come whole
public record ConnectionSettings(
    int maxConnections,
    int maxConnectionsOfAddress,
    int maxCalls,
    int maxResets,
    Duration resetWindow,
    Duration maxIdle,
    Duration maxAge,
    Duration ageGrace,
    long wireMemoryBytes,
    int wireMemoryBytesOfOne,
    Duration messageTimeout) {}
