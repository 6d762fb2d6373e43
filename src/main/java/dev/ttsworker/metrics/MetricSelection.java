package dev.ttsworker.metrics;

/// Selection of optional metrics; all others are always published.
///
/// @param latency `tts_first_audio_latency_seconds`, `tts_first_audible_latency_seconds`,
///   `tts_control_latency_seconds`, `tts_stage_seconds`, `tts_frame_send_duration_seconds`
/// @param rtf `tts_synthesis_rtf`
/// @param queueDepth `tts_session_queue_depth`, `tts_frame_queue_depth`
/// @param exemplars whether latencies of calls keep trace ids
public record MetricSelection(boolean latency, boolean rtf, boolean queueDepth, boolean exemplars) {
  public static final MetricSelection ALL = new MetricSelection(true, true, true, true);
}
