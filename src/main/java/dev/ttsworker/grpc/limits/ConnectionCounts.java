package dev.ttsworker.grpc.limits;

import java.util.HashMap;
import java.util.Map;

/// How many connections are open, in all and of each address. Thread-safe.
final class ConnectionCounts {
  private final int most;
  private final int mostOfAddress;
  private final Map<AddressKey, Integer> byAddress = new HashMap<>();
  private int open;

  ConnectionCounts(int most, int mostOfAddress) {
    this.most = most;
    this.mostOfAddress = mostOfAddress;
  }

  /// Whether one more may be open.
  enum Verdict {
    TAKEN,
    TOO_MANY,
    TOO_MANY_OF_ADDRESS
  }

  /// Counts a new connection if there is room for it.
  synchronized Verdict enter(AddressKey address) {
    if (open >= most) {
      return Verdict.TOO_MANY;
    }
    int before = byAddress.getOrDefault(address, 0);
    if (before >= mostOfAddress) {
      return Verdict.TOO_MANY_OF_ADDRESS;
    }
    open++;
    byAddress.put(address, before + 1);
    return Verdict.TAKEN;
  }

  /// A connection that was taken has ended.
  synchronized void leave(AddressKey address) {
    open--;
    byAddress.computeIfPresent(address, (_, count) -> count > 1 ? count - 1 : null);
  }
}
