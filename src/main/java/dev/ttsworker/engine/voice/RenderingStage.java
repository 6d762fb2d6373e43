package dev.ttsworker.engine.voice;

/// What a step of a [Rendering] did.
public enum RenderingStage {
  /// Text to phonemes, and what each sounds like and for how long.
  TEXT,
  /// From there to what the decoder takes.
  ACOUSTIC,
  /// Samples, or what they are made of next.
  VOCODER
}
