package dev.ttsworker.metrics;

import java.util.Locale;

/// What happens to a piece of speech, one after the other; the label of `tts_stage_seconds`.
public enum Stage {
  /// Waits for an inference thread.
  QUEUE,
  /// Text to phonemes, and what each sounds like and for how long.
  TEXT,
  /// The flow.
  ACOUSTIC,
  /// Head and tail of the decoder, or a voice that runs in one piece.
  VOCODER,
  /// Resampling, level, frames.
  POST,
  /// Frames to the transport; waiting for a paused call or a slow reader is not in it.
  SEND;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
