package dev.ttsworker.grpc.limits;

import java.util.HashMap;
import java.util.Map;

/// Bounds the memory that all connections together may hold for what is not handled yet. What is
/// left is shared, so that a few who hold much never take all of it: a connection may hold a
/// quarter of what is free, all connections of one address twice as much as is free, and every
/// connection [#FREE_BYTES] whatever the others do. Thread-safe; no method waits.
final class MemoryBudget {
  /// One HTTP/2 frame and its header, so that short messages pass at any time.
  static final int FREE_BYTES = (16 << 10) + 256;

  private static final int SHARE_OF_FREE = 4;
  private static final int ADDRESS_FACTOR = 2;

  private final long most;
  private final int mostOfOne;
  private final Map<AddressKey, Long> byAddress = new HashMap<>();
  private long held;

  /// @param most bytes that all connections may hold beyond their [#FREE_BYTES]
  /// @param mostOfOne bytes that one connection may hold at any time
  MemoryBudget(long most, int mostOfOne) {
    this.most = most;
    this.mostOfOne = mostOfOne;
  }

  /// The share of one connection.
  Share open(AddressKey address) {
    return new Share(address);
  }

  /// Bytes held by all connections beyond their [#FREE_BYTES].
  synchronized long held() {
    return held;
  }

  private boolean take(Share share, int bytes) {
    synchronized (this) {
      long next = (long) share.held + bytes;
      long shared = shared(next) - shared(share.held);
      long free = most - held;
      long ofAddress = byAddress.getOrDefault(share.address, 0L) + shared;
      boolean fits =
          shared == 0
              || (next <= mostOfOne
                  && next <= FREE_BYTES + free / SHARE_OF_FREE
                  && ofAddress <= free * ADDRESS_FACTOR);
      if (fits) {
        move(share, next, shared);
      }
      return fits;
    }
  }

  private void give(Share share, int bytes) {
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

  /// What one connection holds. Whoever takes gives back the same, also when the connection has
  /// ended.
  final class Share {
    private final AddressKey address;
    private int held;

    private Share(AddressKey address) {
      this.address = address;
    }

    /// Takes memory.
    ///
    /// @return whether it could be had; else nothing was taken
    boolean take(int bytes) {
      return MemoryBudget.this.take(this, bytes);
    }

    void give(int bytes) {
      MemoryBudget.this.give(this, bytes);
    }

    /// Bytes held now.
    int held() {
      synchronized (MemoryBudget.this) {
        return held;
      }
    }
  }
}
