package dev.ttsworker.session;

import dev.ttsworker.engine.AudioEncoding;
import dev.ttsworker.metrics.CallFrameMetrics;
import dev.ttsworker.tracing.CallEvent;
import dev.ttsworker.tracing.CallTimeline;
import java.time.Duration;
import java.util.Optional;

/// Counts and timings of one call's frames. Guarded by the call's lock.
final class FrameCounts {
  /// 1 % of full scale.
  private static final int AUDIBLE_AMPLITUDE = 327;

  private final CallFrameMetrics metrics;
  private final AudioEncoding encoding;
  private final CallTimeline timeline;
  private int waiting;
  private long deliveryNanos;
  private boolean audibleSent;

  /// @param encoding of its frames
  FrameCounts(CallFrameMetrics metrics, AudioEncoding encoding, CallTimeline timeline) {
    this.metrics = metrics;
    this.encoding = encoding;
    this.timeline = timeline;
  }

  /// Starts the latencies at the first text instead of at the opening of the call.
  void onFirstText(long nowNanos) {
    timeline.mark(CallEvent.FIRST_TEXT, nowNanos);
  }

  /// Time since the first text, or since the opening where no text came before the first frame.
  private long sinceText(long nanos) {
    long opened = timeline.nanos(CallEvent.OPENED).orElse(nanos);
    return nanos - timeline.nanos(CallEvent.FIRST_TEXT).orElse(opened);
  }

  /// Records computed frames.
  ///
  /// @param late whether the listener has an underrun
  void onComputed(int frames, boolean late, long nowNanos) {
    timeline.mark(CallEvent.FIRST_WINDOW, nowNanos);
    waiting += frames;
    if (late) {
      metrics.underrun();
    }
  }

  /// Records a frame that left.
  void onSent(byte[] pcm, long startNanos, long endNanos) {
    waiting--;
    if (!timeline.has(CallEvent.FIRST_FRAME)) {
      timeline.mark(CallEvent.FIRST_FRAME, startNanos);
      metrics.firstAudio(sinceText(startNanos));
    }
    if (!audibleSent && encoding.isAbove(AUDIBLE_AMPLITUDE, pcm)) {
      audibleSent = true;
      metrics.firstAudible(sinceText(startNanos));
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
    return timeline.nanos(CallEvent.FIRST_FRAME).stream()
        .mapToObj(first -> Duration.ofNanos(sinceText(first)))
        .findFirst();
  }
}
