package dev.ttsworker.grpc.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.grpc.limits.PendingCalls.Share;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Limits of pending calls.
final class PendingCallsTest {
  private static final int OF_CONNECTION = PendingCalls.MAX_PER_CONNECTION;
  private static final int OF_ADDRESS = PendingCalls.MAX_PER_ADDRESS;
  private static final AddressKey HERE = new AddressKey("here");
  private static final AddressKey THERE = new AddressKey("there");

  private final PendingCalls calls = new PendingCalls();

  @Test
  void oneConnectionStaysWithinItsLimit() {
    Share share = calls.open(HERE);
    assertEquals(OF_CONNECTION, entered(share));
    share.leave();
    assertTrue(share.enter());
    assertFalse(share.enter());
  }

  @Test
  void oneAddressLeavesRoomForOthers() {
    fill(HERE);
    assertEquals(OF_CONNECTION, entered(calls.open(THERE)));
  }

  @Test
  void eachConnectionMayAlwaysHaveOne() {
    List<AddressKey> others =
        List.of(HERE, THERE, new AddressKey("elsewhere"), new AddressKey("everywhere"));
    others.forEach(this::fill);
    int beyond = 3 + 5 + 5;
    assertEquals(PendingCalls.MAX + beyond, calls.starting());
    assertEquals(1, entered(calls.open(HERE)));
    assertEquals(1, entered(calls.open(new AddressKey("new"))));
  }

  @Test
  void shortLivedConnectionsStayWithinTheLimitOfTheirAddress() {
    for (int i = 0; i < 10_000; i++) {
      var _ = calls.open(HERE).enter();
    }
    assertEquals(2 * OF_ADDRESS, calls.starting());
    assertTrue(calls.open(THERE).enter());
  }

  @Test
  void afterAllHaveLeftThereIsRoomAgain() {
    fill(HERE).forEach(Share::leave);
    assertEquals(0, calls.starting());
    assertEquals(OF_CONNECTION, entered(calls.open(HERE)));
    assertThrows(IllegalStateException.class, () -> calls.open(HERE).leave());
  }

  private static int entered(Share share) {
    int count = 0;
    while (share.enter()) {
      count++;
    }
    return count;
  }

  /// @return the share of each call
  private List<Share> fill(AddressKey address) {
    List<Share> shares = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Share share = calls.open(address);
      while (share.enter()) {
        shares.add(share);
      }
    }
    return shares;
  }
}
