package dev.ttsworker.grpc.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.grpc.limits.ConnectionTable.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Which connections may be open on a port, and which one is evicted.
final class ConnectionTableTest {
  private static final int OF_ADDRESS = 256;
  private static final Verdict<FakeConnection> TAKEN = new Verdict<>(true, Optional.empty(), false);

  private final ConnectionTable<FakeConnection> open = new ConnectionTable<>(OF_ADDRESS);

  @Test
  void oneAddressStaysWithinItsLimit() {
    List<FakeConnection> here = fill(1);
    assertEquals(
        new Verdict<>(false, Optional.empty(), true), open.enter(new FakeConnection(address(1))));
    assertEquals(OF_ADDRESS, open.size());
    assertEquals(TAKEN, open.enter(new FakeConnection(address(2))));
    open.leave(here.getFirst());
    assertEquals(TAKEN, open.enter(new FakeConnection(address(1))));
    assertFalse(open.enter(new FakeConnection(address(1))).accepted());
  }

  @Test
  void totalIsBounded() {
    List<FakeConnection> here = fill(1);
    var _ = fill(2);
    assertEquals(2 * OF_ADDRESS, open.size());
    FakeConnection third = new FakeConnection(address(3));
    assertEquals(new Verdict<>(false, Optional.empty(), false), open.enter(third));
    assertEquals(2 * OF_ADDRESS, open.size());
    open.leave(third);
    assertFalse(open.enter(third).accepted(), "one that was not taken leaves no room");
    open.leave(here.getFirst());
    open.leave(here.getFirst());
    assertEquals(TAKEN, open.enter(third));
    assertFalse(open.enter(new FakeConnection(address(4))).accepted(), "it left once");
  }

  @Test
  void oldestWithoutARequestIsEvictedBeforeOneWhoseReaderIsSlow() {
    List<FakeConnection> here = fill(1);
    here.get(3).waitsForReader = true;
    here.get(5).answering = false;
    here.get(7).answering = false;
    assertEquals(Optional.of(here.get(5)), comes(1).evicted());
    assertEquals(Optional.of(here.get(7)), comes(1).evicted());
    assertEquals(Optional.of(here.get(3)), comes(1).evicted());
    assertFalse(comes(1).accepted());
    assertEquals(OF_ADDRESS, open.size());
  }

  @Test
  void addressOverItsLimitEvictsItsOwn() {
    FakeConnection other = new FakeConnection(address(2));
    other.answering = false;
    assertEquals(TAKEN, open.enter(other));
    var _ = fill(1);
    assertEquals(new Verdict<>(false, Optional.empty(), true), comes(1));
  }

  @Test
  void anyAddressIsEvictedOverTheTotalLimit() {
    List<FakeConnection> here = fill(1);
    var _ = fill(2);
    here.get(9).answering = false;
    Verdict<FakeConnection> verdict = comes(3);
    assertTrue(verdict.accepted());
    assertEquals(Optional.of(here.get(9)), verdict.evicted());
    assertEquals(2 * OF_ADDRESS, open.size());
  }

  private Verdict<FakeConnection> comes(int from) {
    return open.enter(new FakeConnection(address(from)));
  }

  private List<FakeConnection> fill(int from) {
    List<FakeConnection> guests = new ArrayList<>();
    for (int i = 0; i < OF_ADDRESS; i++) {
      FakeConnection guest = new FakeConnection(address(from));
      assertEquals(TAKEN, open.enter(guest));
      guests.add(guest);
    }
    return guests;
  }

  private static AddressKey address(int number) {
    return new AddressKey(Integer.toString(number));
  }

  /// A connection with a request in progress whose response is being read.
  private static final class FakeConnection implements ConnectionTable.Entry {
    private final AddressKey address;
    private boolean answering = true;
    private boolean waitsForReader;

    FakeConnection(AddressKey address) {
      this.address = address;
    }

    @Override
    public AddressKey address() {
      return address;
    }

    @Override
    public boolean isBusy() {
      return answering;
    }

    @Override
    public boolean waitsForReader() {
      return waitsForReader;
    }
  }
}
