package dev.ttsworker.bench.client;

import dev.ttsworker.client.Security;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/// The one place where an address chooses how the server is spoken with.
public final class Targets {
  /// What is allowed, for messages.
  public static final String ALLOWED =
      "HOST:PORT, or SCHEME://HOST:PORT with grpc, alone, riva, openai or wyoming";

  /// How the address of a server begins that speaks Wyoming.
  public static final String WYOMING = "wyoming://";

  private static final String SCHEME_END = "://";

  private Targets() {}

  /// Connects to `address`, at the latest when it is first used; the caller closes it.
  ///
  /// @param address `SCHEME://HOST:PORT`; without a scheme it is `grpc`
  /// @param security of a server that speaks gRPC
  /// @param threads makes those on which answers are read, where a transport brings none of its own
  /// @return empty when the address is not one of [#ALLOWED]
  /// @throws dev.ttsworker.error.WorkerException when a file of `security` cannot be used
  public static Optional<SpeechTarget> connect(
      String address, Security security, ThreadFactory threads) {
    int end = address.indexOf(SCHEME_END);
    String scheme = end < 0 ? "grpc" : address.substring(0, end);
    String hostAndPort = end < 0 ? address : address.substring(end + SCHEME_END.length());
    if (!hostAndPort.matches(".+:\\d{1,5}")) {
      return Optional.empty();
    }
    return switch (scheme) {
      case "grpc" -> Optional.of(new GrpcTarget(hostAndPort, security));
      case "alone" -> Optional.of(new AloneTarget(hostAndPort, security));
      case "riva" -> Optional.of(new RivaTarget(hostAndPort, security));
      case "openai" -> Optional.of(new OpenAiTarget(hostAndPort));
      case "wyoming" -> Optional.of(wyoming(hostAndPort, threads));
      default -> Optional.empty();
    };
  }

  private static SpeechTarget wyoming(String hostAndPort, ThreadFactory threads) {
    int colon = hostAndPort.lastIndexOf(':');
    int port = Integer.parseInt(hostAndPort.substring(colon + 1));
    return new WyomingTarget(hostAndPort.substring(0, colon), port, threads);
  }
}
