package dev.ttsworker.engine.graph;

/// Partitions of a voice's graph, in execution order.
public enum GraphPart {
  /// Text encoder: phonemes to means, scales and durations.
  TEXT,
  /// Flow: sample of the prior (z_p) to latent.
  FLOW,
  /// Decoder up to its second upsampling: latent to features. Wide receptive field, but cheap.
  HEAD,
  /// Rest of the decoder: features to samples. Most of the computation, narrow receptive field.
  TAIL
}
