package dev.ttsworker.engine.voice.piper;

/// Whether voices are cut into stages.
public enum Cutting {
  /// Where a voice has the shape for it.
  WHERE_POSSIBLE,
  /// Every voice runs whole, to compare with.
  NEVER
}
