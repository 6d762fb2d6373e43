package dev.ttsworker.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.Optional;

/// Metrics of audio frames. Thread-safe.
public final class FrameMetrics {
  final Counter sent;
  final Counter dropped;
  final Counter underruns;
  final FrameSendTimes sendTimes;
  final StageMetrics stages;
  private final Histogram firstAudioSeconds;
  private final Histogram firstAudibleSeconds;

  FrameMetrics(MetricFactory factory, MetricFactory latency, StageMetrics stages) {
    this.stages = stages;
    sent = factory.counter("tts_frames_sent_total", "Frames of 20 ms that left");
    dropped =
        factory.counter(
            "tts_frames_dropped_total",
            "Frames of 20 ms that were computed and never left, since their call ended before");
    underruns =
        factory.counter(
            "tts_underruns_total",
            "Underruns: times that the next frame of a running call was late for play-out");
    sendTimes = latency.frameSendTimes();
    firstAudioSeconds =
        latency.callDurations(
            "tts_first_audio_latency_seconds",
            "From the first text of a call to its first frame",
            "model_id");
    firstAudibleSeconds =
        latency.callDurations(
            "tts_first_audible_latency_seconds",
            "From the first text of a call to its first frame with a sample above 1 % of full scale");
  }

  /// Metrics for the frames of one call.
  ///
  /// @param traceId of its trace, for exemplars
  public CallFrameMetrics ofCall(String modelId, Optional<String> traceId) {
    return new CallFrameMetrics(
        this,
        TracedDuration.of(firstAudioSeconds.labelValues(modelId), traceId),
        TracedDuration.of(firstAudibleSeconds, traceId));
  }
}
