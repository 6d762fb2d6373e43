package dev.ttsworker.grpc.limits;

import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import java.time.Duration;
import java.util.function.LongSupplier;

/// Ends a connection that sends many frames which carry nothing. For the connection's thread.
final class FrameCount {
  /// Far more than any client needs.
  static final int MOST = 10_000;

  static final Duration WINDOW = Duration.ofSeconds(10);

  private final LongSupplier nanoTime;
  private long windowBegan;
  private int frames;

  FrameCount(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    windowBegan = nanoTime.getAsLong();
  }

  /// Counts one.
  ///
  /// @throws Http2Exception when it is one too many
  void count() throws Http2Exception {
    long now = nanoTime.getAsLong();
    if (now - windowBegan > WINDOW.toNanos()) {
      windowBegan = now;
      frames = 0;
    }
    frames++;
    if (frames > MOST) {
      throw Http2Exception.connectionError(Http2Error.ENHANCE_YOUR_CALM, "too_many_idle_frames");
    }
  }
}
