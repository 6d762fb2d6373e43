package dev.ttsworker.session;

import dev.ttsworker.metrics.CallFrameMetrics;
import java.time.Duration;
import java.util.Optional;

/// What becomes of one call's frames. Guarded by the call's lock.
final class FrameCounts {
  /// 1 % of full scale.
  private static final int AUDIBLE = 327;

  private final CallFrameMetrics metrics;
  private long openedNanos;
  private int waiting;
  private long deliveryNanos;
  private boolean begun;
  private long firstNanos;
  private boolean heard;

  /// @param openedNanos when the call was opened
  FrameCounts(CallFrameMetrics metrics, long openedNanos) {
    this.metrics = metrics;
    this.openedNanos = openedNanos;
  }

  /// Latencies count from now on instead of from the opening: the first text is here.
  void textBegan(long nowNanos) {
    if (!begun) {
      openedNanos = nowNanos;
    }
  }

  /// Frames were computed.
  ///
  /// @param late whether the listener has run dry
  void made(int frames, boolean late) {
    waiting += frames;
    if (late) {
      metrics.underrun();
    }
  }

  /// A frame left.
  ///
  /// @param pcm little endian signed 16-bit
  void left(byte[] pcm, long startNanos, long endNanos) {
    waiting--;
    if (!begun) {
      begun = true;
      firstNanos = startNanos - openedNanos;
      metrics.firstAudio(firstNanos);
    }
    if (!heard && isAudible(pcm)) {
      heard = true;
      metrics.firstAudible(startNanos - openedNanos);
    }
    deliveryNanos += endNanos - startNanos;
    metrics.sent(endNanos - startNanos);
  }

  private static boolean isAudible(byte[] pcm) {
    for (int i = 0; i < pcm.length; i += 2) {
      int sample = (short) ((pcm[i] & 0xFF) | (pcm[i + 1] << 8));
      if (sample > AUDIBLE || sample < -AUDIBLE) {
        return true;
      }
    }
    return false;
  }

  /// What was made has been taken over; the time of what left since the last time goes to the
  /// metrics.
  void delivered() {
    metrics.delivered(deliveryNanos);
    deliveryNanos = 0;
  }

  /// What has not left never will.
  void drop() {
    if (waiting > 0) {
      metrics.dropped(waiting);
      waiting = 0;
    }
  }

  /// Frames that are computed and have not left.
  int waiting() {
    return waiting;
  }

  /// Time from the first text to the first frame that left; empty before.
  Optional<Duration> firstAudio() {
    return begun ? Optional.of(Duration.ofNanos(firstNanos)) : Optional.empty();
  }
}
