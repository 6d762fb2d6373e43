package dev.ttsworker.engine.runtime;

/// What the configuration asks for.
public enum DeviceChoice {
  /// Whichever works.
  AUTO,
  /// A GPU; without one the worker runs on the CPU and says that it is degraded.
  CUDA,
  CPU
}
