package dev.ttsworker.grpc.limits;

import io.grpc.Metadata;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Brings a call's handler together with what the wire knows of the call: gRPC hands nothing from
/// one to the other but the call's headers, so a header of our own carries a number. Thread-safe.
public final class WireCalls {
  private static final String NAME = "tts-worker-wire-call";
  private static final AsciiString HEADER = AsciiString.cached(NAME);
  private static final Metadata.Key<String> KEY =
      Metadata.Key.of(NAME, Metadata.ASCII_STRING_MARSHALLER);

  private final AtomicLong last = new AtomicLong();
  private final Map<String, WireCall> unclaimed = new ConcurrentHashMap<>();

  WireCalls() {}

  /// Marks a call's headers; a mark that came with them is dropped.
  ///
  /// @return the number, for [#gone]
  String mark(Http2Headers headers, WireCall call) {
    String number = Long.toString(last.incrementAndGet());
    unclaimed.put(number, call);
    headers.set(HEADER, AsciiString.of(number));
    return number;
  }

  /// The call's stream has ended, and no handler will ask for it.
  void gone(String number) {
    unclaimed.remove(number);
  }

  /// The call of these headers, which stays to be claimed.
  Optional<WireCall> find(Metadata headers) {
    String number = headers.get(KEY);
    return number == null ? Optional.empty() : Optional.ofNullable(unclaimed.get(number));
  }

  /// The call of these headers, once, for its handler; takes the mark off.
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
