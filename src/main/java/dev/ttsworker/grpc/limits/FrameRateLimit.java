package dev.ttsworker.grpc.limits;

import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import java.time.Duration;
import java.util.function.LongSupplier;

/// Rate limit of frames without payload; exceeding it ends the connection. For the connection's
/// thread.
final class FrameRateLimit {
  /// Far above the rate of any client.
  static final int MAX = 10_000;

  static final Duration WINDOW = Duration.ofSeconds(10);

  private final LongSupplier nanoTime;
  private long windowBegan;
  private int frames;

  FrameRateLimit(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    windowBegan = nanoTime.getAsLong();
  }

  /// Counts one frame.
  ///
  /// @throws Http2Exception when the limit is exceeded
  void count() throws Http2Exception {
    long now = nanoTime.getAsLong();
    if (now - windowBegan > WINDOW.toNanos()) {
      windowBegan = now;
      frames = 0;
    }
    frames++;
    if (frames > MAX) {
      throw Http2Exception.connectionError(Http2Error.ENHANCE_YOUR_CALM, "too_many_idle_frames");
    }
  }
}
