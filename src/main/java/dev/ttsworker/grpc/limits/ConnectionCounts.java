package dev.ttsworker.grpc.limits;

import java.util.HashMap;
import java.util.Map;

/// Counter of open connections, in total and per address. Thread-safe.
final class ConnectionCounts {
  private final int max;
  private final int maxPerAddress;
  private final Map<AddressKey, Integer> byAddress = new HashMap<>();
  private int open;

  ConnectionCounts(int max, int maxPerAddress) {
    this.max = max;
    this.maxPerAddress = maxPerAddress;
  }

  /// Whether one more connection is allowed.
  enum Verdict {
    TAKEN,
    TOO_MANY,
    TOO_MANY_OF_ADDRESS
  }

  /// Counts a new connection if it is within the limits.
  synchronized Verdict enter(AddressKey address) {
    if (open >= max) {
      return Verdict.TOO_MANY;
    }
    int before = byAddress.getOrDefault(address, 0);
    if (before >= maxPerAddress) {
      return Verdict.TOO_MANY_OF_ADDRESS;
    }
    open++;
    byAddress.put(address, before + 1);
    return Verdict.TAKEN;
  }

  /// An accepted connection has ended.
  synchronized void leave(AddressKey address) {
    open--;
    byAddress.computeIfPresent(address, (_, count) -> count > 1 ? count - 1 : null);
  }
}
