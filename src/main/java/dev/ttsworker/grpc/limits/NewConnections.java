package dev.ttsworker.grpc.limits;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Connections that have not said yet what they want: their handshakes cost memory and time. When
/// there are too many the oldest gives way, once it had time enough. Thread-safe.
///
/// @param <C> a connection
final class NewConnections<C> {
  static final int MOST = 1_000;

  /// A handshake takes milliseconds.
  static final Duration TIME_ENOUGH = Duration.ofSeconds(2);

  private final LongSupplier nanoTime;
  private final Map<C, Long> waiting = new LinkedHashMap<>();

  NewConnections(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /// A connection has come.
  ///
  /// @return the one to close for it: another one, or itself
  synchronized Optional<C> enter(C connection) {
    long now = nanoTime.getAsLong();
    if (waiting.size() < MOST) {
      waiting.put(connection, now);
      return Optional.empty();
    }
    var oldest = waiting.entrySet().iterator().next();
    if (now - oldest.getValue() < TIME_ENOUGH.toNanos()) {
      return Optional.of(connection);
    }
    C leaving = oldest.getKey();
    waiting.remove(leaving);
    waiting.put(connection, now);
    return Optional.of(leaving);
  }

  /// The connection has said what it wants, or has ended.
  synchronized void leave(C connection) {
    waiting.remove(connection);
  }
}
