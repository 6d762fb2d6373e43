package dev.ttsworker.cli;

import java.net.URI;
import java.net.URISyntaxException;

/// Server address syntax.
public final class Addresses {
  private static final int LAST_PORT = 65_535;

  private Addresses() {}

  /// Whether the text is `HOST:PORT`, with IPv6 addresses in brackets.
  public static boolean isHostAndPort(String text) {
    try {
      URI address = new URI("grpc://" + text);
      return address.getHost() != null
          && isPort(address.getPort())
          && address.getRawAuthority().equals(text)
          && address.getUserInfo() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /// Whether a server can listen there.
  public static boolean isPort(int port) {
    return port >= 1 && port <= LAST_PORT;
  }
}
