package dev.ttsworker.grpc.limits;

import java.util.HashMap;
import java.util.Map;

/// Limit of pending calls, whose handlers have not started for lack of processor time: per
/// connection, per address and in total. Each connection may have one in any case, within twice the
/// limit of its address. Thread-safe; non-blocking.
final class PendingCalls {
  /// As many calls as a connection may open at once by default.
  static final int MAX_PER_CONNECTION = 1_000;

  static final int MAX_PER_ADDRESS = 1_500;
  static final int MAX = 3_000;

  private final Map<AddressKey, Integer> byAddress = new HashMap<>();
  private int starting;

  /// Opens the share of one connection.
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
            ? ofAddress < 2 * MAX_PER_ADDRESS
            : share.starting < MAX_PER_CONNECTION && ofAddress < MAX_PER_ADDRESS && starting < MAX;
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

  /// Pending calls of one connection. Each [#enter] needs a [#leave], also after the connection has
  /// ended.
  final class Share {
    private final AddressKey address;
    private int starting;

    private Share(AddressKey address) {
      this.address = address;
    }

    /// Counts a new call.
    ///
    /// @return false when the limit is reached; then nothing is counted
    boolean enter() {
      return PendingCalls.this.enter(this);
    }

    /// The handler of a counted call has started, or never will.
    void leave() {
      PendingCalls.this.leave(this);
    }
  }
}
