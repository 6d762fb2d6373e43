package dev.ttsworker.session;

import dev.ttsworker.engine.AudioEncoding;
import dev.ttsworker.metrics.CallFrameMetrics;
import java.time.Duration;
import java.util.Optional;

/// Counts and timings of one call's frames. Guarded by the call's lock.
final class FrameCounts {
  /// 1 % of full scale.
  private static final int AUDIBLE_AMPLITUDE = 327;

  private final CallFrameMetrics metrics;
  private final AudioEncoding encoding;
  private long openedNanos;
  private int waiting;
  private long deliveryNanos;
  private boolean begun;
  private long firstNanos;
  private boolean audibleSent;

  /// @param encoding of its frames
  /// @param openedNanos when the call was opened
  FrameCounts(CallFrameMetrics metrics, AudioEncoding encoding, long openedNanos) {
    this.metrics = metrics;
    this.encoding = encoding;
    this.openedNanos = openedNanos;
  }

  /// Starts the latencies at the first text instead of at the opening of the call.
  void onFirstText(long nowNanos) {
    if (!begun) {
      openedNanos = nowNanos;
    }
  }

  /// Records computed frames.
  ///
  /// @param late whether the listener has an underrun
  void onComputed(int frames, boolean late) {
    waiting += frames;
    if (late) {
      metrics.underrun();
    }
  }

  /// Records a frame that left.
  void onSent(byte[] pcm, long startNanos, long endNanos) {
    waiting--;
    if (!begun) {
      begun = true;
      firstNanos = startNanos - openedNanos;
      metrics.firstAudio(firstNanos);
    }
    if (!audibleSent && encoding.isAbove(AUDIBLE_AMPLITUDE, pcm)) {
      audibleSent = true;
      metrics.firstAudible(startNanos - openedNanos);
    }
    deliveryNanos += endNanos - startNanos;
    metrics.sent(endNanos - startNanos);
  }

  /// Records that the computed frames were accepted; reports the send time since the last call to
  /// the metrics.
  void onDelivered() {
    metrics.delivered(deliveryNanos);
    deliveryNanos = 0;
  }

  /// Counts the frames that were never sent as dropped.
  void drop() {
    if (waiting > 0) {
      metrics.dropped(waiting);
      waiting = 0;
    }
  }

  /// Frames computed and not yet sent.
  int waiting() {
    return waiting;
  }

  /// Time from the first text to the first frame sent; empty before.
  Optional<Duration> firstAudio() {
    return begun ? Optional.of(Duration.ofNanos(firstNanos)) : Optional.empty();
  }
}
