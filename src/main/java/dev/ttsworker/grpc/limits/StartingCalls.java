package dev.ttsworker.grpc.limits;

import java.util.HashMap;
import java.util.Map;

/// Bounds the calls whose handlers have not begun yet, which wait for processor time: on one
/// connection, of one address and in all. Each connection may have one of them whatever the others
/// do, within twice the bound of its address. Thread-safe; no method waits.
final class StartingCalls {
  /// A connection's, as many as it may open at once by default.
  static final int MOST_OF_CONNECTION = 1_000;

  static final int MOST_OF_ADDRESS = 1_500;
  static final int MOST = 3_000;

  private final Map<AddressKey, Integer> byAddress = new HashMap<>();
  private int starting;

  /// The calls of one connection.
  Share open(AddressKey address) {
    return new Share(address);
  }

  synchronized int starting() {
    return starting;
  }

  private synchronized boolean enter(Share share) {
    int ofAddress = byAddress.getOrDefault(share.address, 0);
    boolean fits =
        share.starting == 0
            ? ofAddress < 2 * MOST_OF_ADDRESS
            : share.starting < MOST_OF_CONNECTION && ofAddress < MOST_OF_ADDRESS && starting < MOST;
    if (fits) {
      share.starting++;
      starting++;
      byAddress.put(share.address, ofAddress + 1);
    }
    return fits;
  }

  private synchronized void leave(Share share) {
    if (share.starting == 0) {
      throw new IllegalStateException("More calls have begun than came");
    }
    share.starting--;
    starting--;
    byAddress.computeIfPresent(share.address, (_, count) -> count > 1 ? count - 1 : null);
  }

  /// The calls of one connection. Whoever enters leaves, also when the connection has ended.
  final class Share {
    private final AddressKey address;
    private int starting;

    private Share(AddressKey address) {
      this.address = address;
    }

    /// A call has come.
    ///
    /// @return whether there is room for it; else nothing was counted
    boolean enter() {
      return StartingCalls.this.enter(this);
    }

    /// The handler of a call that had entered has begun, or never will.
    void leave() {
      StartingCalls.this.leave(this);
    }
  }
}
