package dev.ttsworker.wyoming;

import java.time.Duration;

/// Limits of the port.
///
/// @param maxConnectionsPerAddress twice as many in all
/// @param maxEventBytes of the line of an event, and of the data after it
/// @param maxWaitingBytes of the events of a connection that wait
/// @param idleTimeout without a byte in either direction
/// @param eventTimeout of an event that has begun
/// @param readerTimeout of a client that reads nothing
record WyomingLimits(
    int maxConnectionsPerAddress,
    int maxEventBytes,
    long maxWaitingBytes,
    Duration idleTimeout,
    Duration eventTimeout,
    Duration readerTimeout) {
  private static final int BYTES_PER_ESCAPED_CHARACTER = 6;
  private static final int OVERHEAD_BYTES = 16 << 10;

  /// The usual ones.
  ///
  /// @param longestText characters of one event
  static WyomingLimits of(int longestText) {
    int event = longestText * BYTES_PER_ESCAPED_CHARACTER + OVERHEAD_BYTES;
    return new WyomingLimits(
        64,
        event,
        4L * event,
        Duration.ofMinutes(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30));
  }
}
