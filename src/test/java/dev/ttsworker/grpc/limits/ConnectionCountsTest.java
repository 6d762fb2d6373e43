package dev.ttsworker.grpc.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.ttsworker.grpc.limits.ConnectionCounts.Verdict;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

/// Limits of open connections, per address and in total.
final class ConnectionCountsTest {
  private static final AddressKey A = new AddressKey("a");
  private static final AddressKey B = new AddressKey("b");

  @Test
  void limitsApplyPerAddressAndInTotal() {
    ConnectionCounts counts = new ConnectionCounts(3, 2);
    assertEquals(Verdict.TAKEN, counts.enter(A));
    assertEquals(Verdict.TAKEN, counts.enter(A));
    assertEquals(Verdict.TOO_MANY_OF_ADDRESS, counts.enter(A));
    assertEquals(Verdict.TAKEN, counts.enter(B));
    assertEquals(Verdict.TOO_MANY, counts.enter(B));
    assertEquals(Verdict.TOO_MANY, counts.enter(A));
    counts.leave(A);
    assertEquals(Verdict.TAKEN, counts.enter(A));
    counts.leave(A);
    counts.leave(A);
    counts.leave(B);
    assertEquals(Verdict.TAKEN, counts.enter(B));
    assertEquals(Verdict.TAKEN, counts.enter(B));
    assertEquals(Verdict.TOO_MANY_OF_ADDRESS, counts.enter(B));
  }

  @Test
  void portsDoNotMatterAndIpv6NetworksAreOneClient() throws Exception {
    assertEquals(key("192.0.2.1", 1), key("192.0.2.1", 2));
    assertNotEquals(key("192.0.2.1", 1), key("192.0.2.2", 1));
    assertEquals(key("::ffff:192.0.2.1", 1), key("192.0.2.1", 2));
    assertEquals(key("2001:db8:1:2::1", 1), key("2001:db8:1:2:ffff::9", 1));
    assertNotEquals(key("2001:db8:1:2::1", 1), key("2001:db8:1:3::1", 1));
    assertEquals(key("::1", 1), key("::1", 2));
    assertNotEquals(key("::1", 1), key("::2", 1));
  }

  private static AddressKey key(String address, int port) throws UnknownHostException {
    return AddressKey.of(new InetSocketAddress(InetAddress.getByName(address), port));
  }
}
