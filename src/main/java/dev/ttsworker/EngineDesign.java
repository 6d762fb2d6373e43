package dev.ttsworker;

/// How the engine works. The product has one design; the others exist for `tts-worker bench` to
/// compare it with, and cannot be configured.
public enum EngineDesign {
  /// Stages and windows, earliest play-out deadline first.
  PRODUCT,
  /// As the product, but jobs run in the order in which they came.
  FIRST_COME_FIRST_SERVED,
  /// As the product, but each sentence is computed wholly before it is heard.
  WHOLE_SENTENCES
}
