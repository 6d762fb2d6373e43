package dev.ttsworker.grpc.limits;

import java.time.Duration;

/// Bounds of what comes on a connection.
///
/// @param longestMessage bytes of one message as it is on the wire
/// @param messageTimeout for a message, a frame or headers that have begun to come whole
record WireLimits(int longestMessage, Duration messageTimeout) {}
