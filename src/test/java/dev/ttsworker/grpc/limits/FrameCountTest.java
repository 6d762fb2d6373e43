package dev.ttsworker.grpc.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import org.junit.jupiter.api.Test;

/// Floods of frames that carry nothing.
final class FrameCountTest {
  private long now;
  private final FrameCount count = new FrameCount(() -> now);

  @Test
  void oneTooManyEndsTheConnection() throws Exception {
    for (int i = 0; i < FrameCount.MOST; i++) {
      count.count();
    }
    Http2Exception end = assertThrows(Http2Exception.class, count::count);
    assertEquals(Http2Error.ENHANCE_YOUR_CALM, end.error());
  }

  @Test
  void asManyAgainAreFineLater() throws Exception {
    for (int window = 0; window < 3; window++) {
      for (int i = 0; i < FrameCount.MOST; i++) {
        count.count();
      }
      now += FrameCount.WINDOW.toNanos() + 1;
    }
    assertEquals(3 * (FrameCount.WINDOW.toNanos() + 1), now);
  }
}
