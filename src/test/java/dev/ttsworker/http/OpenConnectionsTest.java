package dev.ttsworker.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.grpc.limits.AddressKey;
import dev.ttsworker.http.OpenConnections.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Which connections may be open on the HTTP port, and which one makes way.
final class OpenConnectionsTest {
  private static final int OF_ADDRESS = OpenConnections.MOST_OF_ADDRESS;
  private static final Verdict<FakeGuest> TAKEN = new Verdict<>(true, Optional.empty(), false);

  private final OpenConnections<FakeGuest> open = new OpenConnections<>();

  @Test
  void oneAddressHasItsMostAndLeavesRoomForOthers() {
    List<FakeGuest> here = fill(1);
    assertEquals(
        new Verdict<>(false, Optional.empty(), true), open.enter(new FakeGuest(address(1))));
    assertEquals(OF_ADDRESS, open.size());
    assertEquals(TAKEN, open.enter(new FakeGuest(address(2))));
    open.leave(here.getFirst());
    assertEquals(TAKEN, open.enter(new FakeGuest(address(1))));
    assertFalse(open.enter(new FakeGuest(address(1))).taken());
  }

  @Test
  void allTogetherAreBounded() {
    List<FakeGuest> here = fill(1);
    var _ = fill(2);
    assertEquals(OpenConnections.MOST, open.size());
    FakeGuest third = new FakeGuest(address(3));
    assertEquals(new Verdict<>(false, Optional.empty(), false), open.enter(third));
    assertEquals(OpenConnections.MOST, open.size());
    open.leave(third);
    assertFalse(open.enter(third).taken(), "one that was not taken leaves no room");
    open.leave(here.getFirst());
    open.leave(here.getFirst());
    assertEquals(TAKEN, open.enter(third));
    assertFalse(open.enter(new FakeGuest(address(4))).taken(), "it left once");
  }

  @Test
  void oldestWithoutARequestMakesWayBeforeOneWhoseReaderIsSlow() {
    List<FakeGuest> here = fill(1);
    here.get(3).waitsForReader = true;
    here.get(5).answering = false;
    here.get(7).answering = false;
    assertEquals(Optional.of(here.get(5)), comes(1).leaving());
    assertEquals(Optional.of(here.get(7)), comes(1).leaving());
    assertEquals(Optional.of(here.get(3)), comes(1).leaving());
    assertFalse(comes(1).taken());
    assertEquals(OF_ADDRESS, open.size());
  }

  @Test
  void addressWithTooManyMakesWayItself() {
    FakeGuest other = new FakeGuest(address(2));
    other.answering = false;
    assertEquals(TAKEN, open.enter(other));
    var _ = fill(1);
    assertEquals(new Verdict<>(false, Optional.empty(), true), comes(1));
  }

  @Test
  void anyAddressMakesWayWhenAllTogetherAreTooMany() {
    List<FakeGuest> here = fill(1);
    var _ = fill(2);
    here.get(9).answering = false;
    Verdict<FakeGuest> verdict = comes(3);
    assertTrue(verdict.taken());
    assertEquals(Optional.of(here.get(9)), verdict.leaving());
    assertEquals(OpenConnections.MOST, open.size());
  }

  private Verdict<FakeGuest> comes(int from) {
    return open.enter(new FakeGuest(address(from)));
  }

  private List<FakeGuest> fill(int from) {
    List<FakeGuest> guests = new ArrayList<>();
    for (int i = 0; i < OF_ADDRESS; i++) {
      FakeGuest guest = new FakeGuest(address(from));
      assertEquals(TAKEN, open.enter(guest));
      guests.add(guest);
    }
    return guests;
  }

  private static AddressKey address(int number) {
    return new AddressKey(Integer.toString(number));
  }

  /// One with a request in work, whose answer leaves.
  private static final class FakeGuest implements OpenConnections.Guest {
    private final AddressKey address;
    private boolean answering = true;
    private boolean waitsForReader;

    FakeGuest(AddressKey address) {
      this.address = address;
    }

    @Override
    public AddressKey address() {
      return address;
    }

    @Override
    public boolean isAnswering() {
      return answering;
    }

    @Override
    public boolean waitsForReader() {
      return waitsForReader;
    }
  }
}
