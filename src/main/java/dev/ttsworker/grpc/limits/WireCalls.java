package dev.ttsworker.grpc.limits;

import io.grpc.Metadata;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Registry that connects a call's handler with its [WireCall]: gRPC passes nothing from the
/// transport to the handler but the headers, so a header of our own carries a number. Thread-safe.
public final class WireCalls {
  private static final String NAME = "tts-worker-wire-call";
  private static final AsciiString HEADER = AsciiString.cached(NAME);
  private static final Metadata.Key<String> KEY =
      Metadata.Key.of(NAME, Metadata.ASCII_STRING_MARSHALLER);

  private final AtomicLong last = new AtomicLong();
  private final Map<String, WireCall> unclaimed = new ConcurrentHashMap<>();

  /// A registry without calls.
  public WireCalls() {}

  /// Adds the number to a call's headers, in place of any that the client sent.
  ///
  /// @return the number, for [#forget]
  String mark(Http2Headers headers, WireCall call) {
    String number = Long.toString(last.incrementAndGet());
    unclaimed.put(number, call);
    headers.set(HEADER, AsciiString.of(number));
    return number;
  }

  /// The call's stream has closed, and no handler will claim it.
  void forget(String number) {
    unclaimed.remove(number);
  }

  /// The call of these headers, without claiming it.
  Optional<WireCall> find(Metadata headers) {
    String number = headers.get(KEY);
    return number == null ? Optional.empty() : Optional.ofNullable(unclaimed.get(number));
  }

  /// Claims the call of these headers for its handler, once; removes the number.
  ///
  /// @return empty for headers that did not come over a connection
  public Optional<WireCall> claim(Metadata headers) {
    String number = headers.get(KEY);
    headers.discardAll(KEY);
    return number == null ? Optional.empty() : Optional.ofNullable(unclaimed.remove(number));
  }

  int unclaimed() {
    return unclaimed.size();
  }
}
