package dev.ttsworker.onnx;

/// The parts of a cut voice, in the order they run.
public enum Stage {
  /// Phonemes to means, scales and durations.
  TEXT,
  /// Noisy latent to latent.
  FLOW,
  /// Latent to samples.
  DECODER
}
