package dev.ttsworker.engine.graph;

/// The parts of a cut voice, in the order they run.
public enum GraphPart {
  /// Phonemes to means, scales and durations.
  TEXT,
  /// Noisy latent to latent.
  FLOW,
  /// The decoder up to its second upsampling: latent to features. Looks far to both sides, but is
  /// cheap.
  HEAD,
  /// The rest of the decoder: features to samples. Most of the computation, and hardly looks to the
  /// sides.
  TAIL
}
