package dev.ttsworker.grpc.limits;

import java.util.HashMap;
import java.util.Map;

/// Memory budget of all connections together for unhandled data. A connection may hold a quarter of
/// what is free, all connections of one address twice as much as is free, and every connection
/// [#FREE_BYTES] in any case, so that few connections never exhaust it. Thread-safe; non-blocking.
final class MemoryBudget {
  /// One HTTP/2 frame and its header, so that short messages always pass.
  static final int FREE_BYTES = (16 << 10) + 256;

  private static final int SHARE_OF_FREE = 4;
  private static final int ADDRESS_FACTOR = 2;

  private final long max;
  private final int maxPerConnection;
  private final Map<AddressKey, Long> byAddress = new HashMap<>();
  private long held;

  /// @param max bytes that all connections may hold beyond their [#FREE_BYTES]
  /// @param maxPerConnection bytes that one connection may hold at any time
  MemoryBudget(long max, int maxPerConnection) {
    this.max = max;
    this.maxPerConnection = maxPerConnection;
  }

  /// Opens the share of one connection.
  Share open(AddressKey address) {
    return new Share(address);
  }

  /// Bytes held by all connections beyond their [#FREE_BYTES].
  synchronized long held() {
    return held;
  }

  private boolean reserve(Share share, int bytes) {
    synchronized (this) {
      long next = (long) share.held + bytes;
      long shared = shared(next) - shared(share.held);
      long free = max - held;
      long ofAddress = byAddress.getOrDefault(share.address, 0L) + shared;
      boolean fits =
          shared == 0
              || (next <= maxPerConnection
                  && next <= FREE_BYTES + free / SHARE_OF_FREE
                  && ofAddress <= free * ADDRESS_FACTOR);
      if (fits) {
        move(share, next, shared);
      }
      return fits;
    }
  }

  private void release(Share share, int bytes) {
    synchronized (this) {
      long next = (long) share.held - bytes;
      move(share, next, shared(next) - shared(share.held));
    }
  }

  private void move(Share share, long next, long shared) {
    if (next < 0) {
      throw new IllegalStateException("More was given back than was taken: " + next);
    }
    share.held = (int) next;
    held += shared;
    byAddress.merge(share.address, shared, Long::sum);
    byAddress.remove(share.address, 0L);
  }

  private static long shared(long bytes) {
    return Math.max(0, bytes - FREE_BYTES);
  }

  /// Memory held by one connection. Reserved bytes must be released, also after the connection has
  /// ended.
  final class Share {
    private final AddressKey address;
    private int held;

    private Share(AddressKey address) {
      this.address = address;
    }

    /// Reserves memory.
    ///
    /// @return false when it is not available; then nothing is reserved
    boolean reserve(int bytes) {
      return MemoryBudget.this.reserve(this, bytes);
    }

    void release(int bytes) {
      MemoryBudget.this.release(this, bytes);
    }

    /// Bytes held now.
    int held() {
      synchronized (MemoryBudget.this) {
        return held;
      }
    }
  }
}
