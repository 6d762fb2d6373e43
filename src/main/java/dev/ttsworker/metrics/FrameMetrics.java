package dev.ttsworker.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;

/// Frames on their way to listeners. Thread-safe.
public final class FrameMetrics {
  final Counter sent;
  final Counter dropped;
  final Counter underruns;
  final FrameSendTimes sendTimes;
  final Histogram firstAudibleSeconds;
  final StageMetrics stages;
  private final Histogram firstAudioSeconds;

  FrameMetrics(MetricFactory make, MetricFactory latency, StageMetrics stages) {
    this.stages = stages;
    sent = make.counter("tts_frames_sent_total", "Frames of 20 ms that left");
    dropped =
        make.counter(
            "tts_frames_dropped_total",
            "Frames of 20 ms that were computed and never left, since their call ended before");
    underruns =
        make.counter(
            "tts_underruns_total",
            "Times that a listener heard a gap, since the next frame of a running call was not there in time");
    sendTimes = latency.frameSendTimes();
    firstAudioSeconds =
        latency.durations(
            "tts_first_audio_latency_seconds",
            "From the first text of a call to its first frame",
            "model_id");
    firstAudibleSeconds =
        latency.durations(
            "tts_first_audible_latency_seconds",
            "From the first text of a call to its first frame with a sample above 1 % of full scale");
  }

  /// The frames of one call.
  public CallFrameMetrics ofCall(String modelId) {
    return new CallFrameMetrics(this, firstAudioSeconds.labelValues(modelId));
  }
}
