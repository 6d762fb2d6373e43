package dev.ttsworker.metrics;

/// Which metrics are shown beside those that always are.
///
/// @param latency `tts_first_audio_latency_seconds`, `tts_first_audible_latency_seconds`,
///   `tts_control_latency_seconds`, `tts_stage_seconds`, `tts_frame_send_duration_seconds`
/// @param rtf `tts_synthesis_rtf`
/// @param queueDepth `tts_session_queue_depth`, `tts_frame_queue_depth`
public record Tracking(boolean latency, boolean rtf, boolean queueDepth) {
  public static final Tracking ALL = new Tracking(true, true, true);
}
