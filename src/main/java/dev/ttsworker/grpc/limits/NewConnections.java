package dev.ttsworker.grpc.limits;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Connections before their first request, whose handshakes cost memory and time. Over the limit
/// the oldest is evicted, once it has reached [#MIN_AGE]. Thread-safe.
///
/// @param <C> a connection
final class NewConnections<C> {
  static final int MAX = 1_000;

  /// A handshake takes milliseconds.
  static final Duration MIN_AGE = Duration.ofSeconds(2);

  private final LongSupplier nanoTime;
  private final Map<C, Long> waiting = new LinkedHashMap<>();

  NewConnections(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /// Adds a new connection.
  ///
  /// @return the one to close in exchange: another one, or itself
  synchronized Optional<C> enter(C connection) {
    long now = nanoTime.getAsLong();
    if (waiting.size() < MAX) {
      waiting.put(connection, now);
      return Optional.empty();
    }
    var oldest = waiting.entrySet().iterator().next();
    if (now - oldest.getValue() < MIN_AGE.toNanos()) {
      return Optional.of(connection);
    }
    C leaving = oldest.getKey();
    waiting.remove(leaving);
    waiting.put(connection, now);
    return Optional.of(leaving);
  }

  /// The connection has completed its handshake, or has ended.
  synchronized void leave(C connection) {
    waiting.remove(connection);
  }
}
