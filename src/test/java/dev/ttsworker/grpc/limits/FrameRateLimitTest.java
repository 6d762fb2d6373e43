package dev.ttsworker.grpc.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import org.junit.jupiter.api.Test;

/// Floods of frames without payload.
final class FrameRateLimitTest {
  private long now;
  private final FrameRateLimit count = new FrameRateLimit(() -> now);

  @Test
  void oneTooManyEndsTheConnection() throws Exception {
    for (int i = 0; i < FrameRateLimit.MAX; i++) {
      count.count();
    }
    Http2Exception end = assertThrows(Http2Exception.class, count::count);
    assertEquals(Http2Error.ENHANCE_YOUR_CALM, end.error());
  }

  @Test
  void limitAppliesPerWindow() throws Exception {
    for (int window = 0; window < 3; window++) {
      for (int i = 0; i < FrameRateLimit.MAX; i++) {
        count.count();
      }
      now += FrameRateLimit.WINDOW.toNanos() + 1;
    }
    assertEquals(3 * (FrameRateLimit.WINDOW.toNanos() + 1), now);
  }
}
