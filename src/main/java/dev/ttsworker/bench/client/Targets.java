package dev.ttsworker.bench.client;

import java.util.Optional;

/// The one place where an address chooses how the server is spoken with.
public final class Targets {
  /// What is allowed, for messages.
  public static final String ALLOWED = "HOST:PORT or grpc://HOST:PORT";

  private static final String SCHEME_END = "://";

  private Targets() {}

  /// Connects to `address`, at the latest when it is first used; the caller closes it.
  ///
  /// @param address `SCHEME://HOST:PORT`; without a scheme it is `grpc`
  /// @return empty when the address is not one of [#ALLOWED]
  public static Optional<SpeechTarget> connect(String address) {
    int end = address.indexOf(SCHEME_END);
    String scheme = end < 0 ? "grpc" : address.substring(0, end);
    String hostAndPort = end < 0 ? address : address.substring(end + SCHEME_END.length());
    if (!hostAndPort.matches(".+:\\d{1,5}")) {
      return Optional.empty();
    }
    return switch (scheme) {
      case "grpc" -> Optional.of(new GrpcTarget(hostAndPort));
      default -> Optional.empty();
    };
  }
}
