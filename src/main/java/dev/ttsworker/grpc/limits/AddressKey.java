package dev.ttsworker.grpc.limits;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.HexFormat;

/// Grouping key for connections of one client: the IPv4 address, or the /64 network of an IPv6
/// address, since one client usually has a whole network.
///
/// @param text equal for the same client
public record AddressKey(String text) {
  private static final int NETWORK_BYTES = 8;

  /// The key of a connection.
  ///
  /// @param remote address of the peer; one that is no IP address has a key of its own
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
