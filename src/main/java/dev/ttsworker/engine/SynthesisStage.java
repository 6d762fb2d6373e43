package dev.ttsworker.engine;

/// Stages of synthesis, in the order of the signal path.
public enum SynthesisStage {
  /// A job waits for an inference thread.
  QUEUE,
  /// Text encoder: text to phonemes, and what each sounds like and for how long.
  TEXT,
  /// Acoustic model: from there to what the decoder takes.
  ACOUSTIC,
  /// Decoder or vocoder: samples, or a voice that runs in one piece.
  VOCODER,
  /// Post-processing: resampling, level, frames.
  POST,
  /// Frames to the transport; waiting for a paused call or a slow reader is not in it.
  SEND
}
