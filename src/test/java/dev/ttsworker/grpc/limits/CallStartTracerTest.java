package dev.ttsworker.grpc.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Context;
import io.grpc.Metadata;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Which streams have a handler.
final class CallStartTracerTest {
  private static final AddressKey HERE = new AddressKey("here");
  private static final String METHOD = "tts.TTSService/Synthesize";
  private static final Metadata.Key<String> MARK =
      Metadata.Key.of("tts-worker-wire-call", Metadata.ASCII_STRING_MARSHALLER);

  private final WireCalls calls = new WireCalls();
  private final CallStartTracer begins = new CallStartTracer(calls);
  private final WireCall call =
      new WireCall(new MemoryBudget(1 << 20, 1 << 20).open(HERE), new PendingCalls().open(HERE));
  private final Metadata headers = new Metadata();

  CallStartTracerTest() {
    headers.put(MARK, calls.mark(new DefaultHttp2Headers(), call));
  }

  @Test
  void callWhoseContextIsRequestedHasAHandler() {
    assertSame(
        Context.ROOT, begins.newServerStreamTracer(METHOD, headers).filterContext(Context.ROOT));
    assertTrue(call.onStreamClosed(), "its handler comes");
    assertEquals(Optional.of(call), calls.claim(headers));
  }

  @Test
  void streamThatIsAnsweredBeforeHasNoHandler() {
    var _ = begins.newServerStreamTracer(METHOD, headers);
    assertFalse(call.onStreamClosed());
  }

  @Test
  void callWithoutAConnectionIsIgnored() {
    assertSame(
        Context.ROOT,
        begins.newServerStreamTracer(METHOD, new Metadata()).filterContext(Context.ROOT));
    assertFalse(call.onStreamClosed());
  }
}
