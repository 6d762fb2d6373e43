package dev.ttsworker.grpc.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.grpc.limits.MemoryBudget.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// How memory is shared between connections.
final class MemoryBudgetTest {
  private static final int FREE = MemoryBudget.FREE_BYTES;
  private static final int MIB = 1 << 20;
  private static final AddressKey HERE = new AddressKey("here");
  private static final AddressKey THERE = new AddressKey("there");

  @Test
  void oneConnectionStaysWithinItsLimit() {
    MemoryBudget budget = new MemoryBudget(64 * MIB, 2 * MIB);
    Share share = budget.open(HERE);
    assertTrue(share.reserve(2 * MIB));
    assertFalse(share.reserve(1));
    assertEquals(2 * MIB, share.held());
    share.release(1);
    assertTrue(share.reserve(1));
  }

  @Test
  void oneConnectionHoldsAQuarterOfWhatIsFree() {
    MemoryBudget budget = new MemoryBudget(8 * MIB, 8 * MIB);
    Share share = budget.open(HERE);
    assertTrue(share.reserve(FREE));
    assertTrue(share.reserve(2 * MIB));
    assertFalse(share.reserve(1));
  }

  @Test
  void shortMessagesAlwaysPass() {
    MemoryBudget budget = new MemoryBudget(MIB, MIB);
    fill(budget, HERE, 200);
    Share late = budget.open(HERE);
    assertTrue(late.reserve(FREE));
    assertFalse(late.reserve(MIB / 2));
  }

  @Test
  void oneAddressLeavesRoomForOthers() {
    MemoryBudget budget = new MemoryBudget(12 * MIB, 4 * MIB);
    fill(budget, HERE, 10_000);
    assertTrue(budget.held() <= 8 * MIB + 1_000, budget.held() + " bytes");
    assertTrue(budget.open(THERE).reserve(FREE + MIB / 2));
  }

  private static void fill(MemoryBudget budget, AddressKey address, int connections) {
    for (int i = 0; i < connections; i++) {
      Share share = budget.open(address);
      boolean room = share.reserve(FREE);
      while (room) {
        room = share.reserve(1_000);
      }
    }
  }

  @Test
  void neverMoreThanAllowedAndNothingLeftInTheEnd() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    MemoryBudget budget = new MemoryBudget(4 * MIB, MIB);
    List<Share> shares = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      shares.add(budget.open(random.nextBoolean() ? HERE : THERE));
    }
    for (int i = 0; i < 20_000; i++) {
      Share share = shares.get(random.nextInt(shares.size()));
      if (random.nextInt(3) > 0) {
        boolean _ = share.reserve(random.nextInt(100_000));
      } else {
        share.release(random.nextInt(share.held() + 1));
      }
      assertTrue(budget.held() <= 4 * MIB && share.held() <= MIB, "seed " + seed);
    }
    shares.forEach(share -> share.release(share.held()));
    assertEquals(0, budget.held(), "seed " + seed);
    assertTrue(budget.open(HERE).reserve(MIB));
  }

  @Test
  void onlyReservedBytesCanBeReleased() {
    Share share = new MemoryBudget(MIB, MIB).open(HERE);
    assertTrue(share.reserve(10));
    assertThrows(IllegalStateException.class, () -> share.release(11));
  }
}
