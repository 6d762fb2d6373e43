package dev.ttsworker.grpc.limits;

import java.time.Duration;

/// Limits of inbound messages.
///
/// @param maxMessageBytes maximum size of one message on the wire
/// @param messageTimeout within which a message, a frame or a header block must be complete
record WireLimits(int maxMessageBytes, Duration messageTimeout) {}
