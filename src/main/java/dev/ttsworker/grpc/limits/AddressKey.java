package dev.ttsworker.grpc.limits;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.HexFormat;

/// Groups connections by who opened them: the IPv4 address, or the network of an IPv6 address,
/// since whoever has one such address has 2^64 of them.
///
/// @param text equal for the same client
public record AddressKey(String text) {
  private static final int NETWORK_BYTES = 8;

  /// Of a connection.
  ///
  /// @param remote of a connection; one without an IP address has a key of its own kind
  public static AddressKey of(SocketAddress remote) {
    if (!(remote instanceof InetSocketAddress internet) || internet.getAddress() == null) {
      return new AddressKey(String.valueOf(remote));
    }
    if (internet.getAddress() instanceof Inet6Address address && !address.isLoopbackAddress()) {
      byte[] network = Arrays.copyOf(address.getAddress(), NETWORK_BYTES);
      return new AddressKey(HexFormat.of().formatHex(network));
    }
    return new AddressKey(internet.getAddress().getHostAddress());
  }
}
