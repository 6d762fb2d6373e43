package dev.ttsworker.config.reader;

import dev.ttsworker.config.ConnectionSettings;
import dev.ttsworker.config.value.ScalarType;
import java.time.Duration;
import java.util.List;

/// The keys of `limits` that bound connections.
final class ConnectionKeys {
  private static final String SECTION = "limits.";

  static final Key<Integer> MAX_CONNECTIONS =
      Key.of(
          SECTION + "max_connections",
          ScalarType.whole(1, 1_000_000),
          10_000,
          c -> c.connections().maxConnections());

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

  static final List<Key<?>> ALL =
      List.of(MAX_CONNECTIONS, MAX_CALLS, MAX_RESETS, RESET_WINDOW_SECONDS, MAX_IDLE_MS);

  private ConnectionKeys() {}

  static ConnectionSettings read(Sources sources) {
    return new ConnectionSettings(
        sources.get(MAX_CONNECTIONS),
        sources.get(MAX_CALLS),
        sources.get(MAX_RESETS),
        Duration.ofSeconds(sources.get(RESET_WINDOW_SECONDS)),
        Duration.ofMillis(sources.get(MAX_IDLE_MS)));
  }
}
