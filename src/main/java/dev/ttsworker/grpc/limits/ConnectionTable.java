package dev.ttsworker.grpc.limits;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Table of open connections, limited in total and per address. Over a limit a new connection
/// evicts the oldest one that has no request in progress, or else the oldest one whose client does
/// not read its response, so that idle connections cannot exhaust the port. For one thread.
///
/// @param <C> a connection
public final class ConnectionTable<C extends ConnectionTable.Entry> {
  private final int maxPerAddress;
  private final Set<C> open = new LinkedHashSet<>();
  private final Map<AddressKey, Integer> byAddress = new HashMap<>();

  /// @param maxPerAddress so that others always find room; half of the total, since clients behind
  ///   a proxy share an address
  public ConnectionTable(int maxPerAddress) {
    this.maxPerAddress = maxPerAddress;
  }

  /// One connection.
  public interface Entry {
    AddressKey address();

    /// Whether a request is complete and its response not yet sent.
    boolean isBusy();

    /// Whether the response waits for its reader at present.
    boolean waitsForReader();
  }

  /// Outcome for a new connection.
  ///
  /// @param accepted whether it is open now
  /// @param evicted to be closed in exchange; no longer counted
  /// @param perAddressLimit whether the limit of its address was reached, rather than the total
  public record Verdict<C>(boolean accepted, Optional<C> evicted, boolean perAddressLimit) {}

  /// Adds a new connection if there is room for it, after an eviction if necessary.
  public Verdict<C> enter(C guest) {
    boolean perAddressLimit = byAddress.getOrDefault(guest.address(), 0) >= maxPerAddress;
    if (!perAddressLimit && open.size() < 2 * maxPerAddress) {
      add(guest);
      return new Verdict<>(true, Optional.empty(), false);
    }
    Predicate<C> evictable = perAddressLimit ? other -> isOf(guest, other) : _ -> true;
    Optional<C> evicted =
        first(evictable.and(other -> !other.isBusy()))
            .or(() -> first(evictable.and(Entry::waitsForReader)));
    evicted.ifPresent(other -> {
      leave(other);
      add(guest);
    });
    return new Verdict<>(evicted.isPresent(), evicted, perAddressLimit);
  }

  private Optional<C> first(Predicate<C> which) {
    return open.stream().filter(which).findFirst();
  }

  private static <C extends Entry> boolean isOf(C guest, C other) {
    return other.address().equals(guest.address());
  }

  private void add(C guest) {
    open.add(guest);
    byAddress.merge(guest.address(), 1, Integer::sum);
  }

  /// Removes an ended connection; no effect if it is not open.
  public void leave(C guest) {
    if (open.remove(guest)) {
      byAddress.computeIfPresent(guest.address(), (_, count) -> count > 1 ? count - 1 : null);
    }
  }

  int size() {
    return open.size();
  }
}
