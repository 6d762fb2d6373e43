package dev.ttsworker.config;

/// `engine.*`.
///
/// @param cpuThreads inference threads, at least 1
/// @param gpuMemoryLimitMb most GPU memory; 0 for no limit
public record EngineSettings(Device device, int cpuThreads, int gpuDeviceId, int gpuMemoryLimitMb) {

  public EngineSettings {
    if (cpuThreads < 1) {
      throw new IllegalArgumentException("cpuThreads must be at least 1, not " + cpuThreads);
    }
  }

  /// Where inference should run.
  public enum Device {
    /// Whichever works.
    AUTO,
    /// A GPU; without one the worker speaks on the CPU and says that it is degraded.
    CUDA,
    CPU
  }
}
