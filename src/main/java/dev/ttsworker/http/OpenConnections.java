package dev.ttsworker.http;

import dev.ttsworker.grpc.limits.AddressKey;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Which connections are open, in all and of each address, and which of them gives way to a new one
/// when there are too many: the oldest that has no request in work, else the oldest whose reader
/// does not take its answer. So whoever holds connections and does nothing with them keeps nobody
/// out. For one thread.
///
/// @param <C> a connection
final class OpenConnections<C extends OpenConnections.Guest> {
  /// Of one address, so that another always finds room; half, since behind a proxy many share one.
  static final int MOST_OF_ADDRESS = 256;

  static final int MOST = 2 * MOST_OF_ADDRESS;

  private final Set<C> open = new LinkedHashSet<>();
  private final Map<AddressKey, Integer> byAddress = new HashMap<>();

  /// One connection.
  interface Guest {
    AddressKey address();

    /// Whether a request has come whole, and its answer has not left.
    boolean isAnswering();

    /// Whether the answer waits for its reader just now.
    boolean waitsForReader();
  }

  /// What becomes of a new connection.
  ///
  /// @param taken whether it is open now
  /// @param leaving to be closed for it; no longer counted
  /// @param ofAddress whether its address had too many, rather than all together
  record Verdict<C>(boolean taken, Optional<C> leaving, boolean ofAddress) {}

  /// Counts a new connection if there is room for it, or can be made.
  Verdict<C> enter(C guest) {
    boolean ofAddress = byAddress.getOrDefault(guest.address(), 0) >= MOST_OF_ADDRESS;
    if (!ofAddress && open.size() < MOST) {
      add(guest);
      return new Verdict<>(true, Optional.empty(), false);
    }
    Predicate<C> mayLeave = ofAddress ? other -> isOf(guest, other) : _ -> true;
    Optional<C> leaving =
        first(mayLeave.and(other -> !other.isAnswering()))
            .or(() -> first(mayLeave.and(Guest::waitsForReader)));
    leaving.ifPresent(other -> {
      leave(other);
      add(guest);
    });
    return new Verdict<>(leaving.isPresent(), leaving, ofAddress);
  }

  private Optional<C> first(Predicate<C> which) {
    return open.stream().filter(which).findFirst();
  }

  private static <C extends Guest> boolean isOf(C guest, C other) {
    return other.address().equals(guest.address());
  }

  private void add(C guest) {
    open.add(guest);
    byAddress.merge(guest.address(), 1, Integer::sum);
  }

  /// A connection has ended; one that is not counted is none here.
  void leave(C guest) {
    if (open.remove(guest)) {
      byAddress.computeIfPresent(guest.address(), (_, count) -> count > 1 ? count - 1 : null);
    }
  }

  int size() {
    return open.size();
  }
}
