package dev.ttsworker.config.reader;

import dev.ttsworker.config.ConnectionSettings;
import dev.ttsworker.config.value.ScalarType;
import java.time.Duration;
import java.util.List;

/// The keys of `limits` that bound connections.
final class ConnectionKeys {
  private static final String SECTION = "limits.";
  private static final int MIB = 1 << 20;

  static final Key<Integer> MAX_CONNECTIONS =
      Key.of(
          SECTION + "max_connections",
          ScalarType.whole(1, 1_000_000),
          10_000,
          c -> c.connections().maxConnections());

  static final Key<Integer> MAX_CONNECTIONS_OF_ADDRESS =
      Key.of(
          SECTION + "max_connections_per_address",
          ScalarType.whole(1, 1_000_000),
          5_000,
          c -> c.connections().maxConnectionsOfAddress());

  static final Key<Integer> MAX_CALLS =
      Key.of(
          SECTION + "max_calls_per_connection",
          ScalarType.whole(1, 1_000_000),
          1_000,
          c -> c.connections().maxCalls());

  static final Key<Integer> MAX_RESETS =
      Key.of(
          SECTION + "max_resets",
          ScalarType.whole(1, 1_000_000),
          1_000,
          c -> c.connections().maxResets());

  static final Key<Integer> RESET_WINDOW_SECONDS =
      Key.of(
          SECTION + "reset_window_seconds",
          ScalarType.whole(1, 3_600),
          10,
          c -> c.connections().resetWindow().toSeconds());

  static final Key<Integer> MAX_IDLE_MS =
      Key.of(
          SECTION + "connection_idle_ms",
          ScalarType.whole(0, Integer.MAX_VALUE),
          3_600_000,
          c -> c.connections().maxIdle().toMillis());

  static final Key<Integer> WIRE_MEMORY_MB =
      Key.of(
          SECTION + "wire_memory_mb",
          ScalarType.whole(8, 1_048_576),
          64,
          c -> c.connections().wireMemoryBytes() / MIB);

  static final Key<Integer> WIRE_MEMORY_MB_OF_ONE =
      Key.of(
          SECTION + "wire_memory_mb_per_connection",
          ScalarType.whole(2, 1_024),
          8,
          c -> c.connections().wireMemoryBytesOfOne() / MIB);

  static final Key<Integer> MESSAGE_TIMEOUT_MS =
      Key.of(
          SECTION + "message_timeout_ms",
          ScalarType.whole(100, 3_600_000),
          10_000,
          c -> c.connections().messageTimeout().toMillis());

  static final List<Key<?>> ALL =
      List.of(
          MAX_CONNECTIONS,
          MAX_CONNECTIONS_OF_ADDRESS,
          MAX_CALLS,
          MAX_RESETS,
          RESET_WINDOW_SECONDS,
          MAX_IDLE_MS,
          WIRE_MEMORY_MB,
          WIRE_MEMORY_MB_OF_ONE,
          MESSAGE_TIMEOUT_MS);

  private ConnectionKeys() {}

  static ConnectionSettings read(Sources sources) {
    return new ConnectionSettings(
        sources.get(MAX_CONNECTIONS),
        sources.get(MAX_CONNECTIONS_OF_ADDRESS),
        sources.get(MAX_CALLS),
        sources.get(MAX_RESETS),
        Duration.ofSeconds(sources.get(RESET_WINDOW_SECONDS)),
        Duration.ofMillis(sources.get(MAX_IDLE_MS)),
        (long) sources.get(WIRE_MEMORY_MB) * MIB,
        sources.get(WIRE_MEMORY_MB_OF_ONE) * MIB,
        Duration.ofMillis(sources.get(MESSAGE_TIMEOUT_MS)));
  }
}
