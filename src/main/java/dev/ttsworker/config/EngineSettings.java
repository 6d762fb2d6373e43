package dev.ttsworker.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// `engine.*`.
///
/// @param cpuThreads inference threads on the CPU, at least 1
/// @param nice by how much inference threads let others pass, 0 for not at all
/// @param gpuDeviceIds which GPUs, at least one
/// @param gpuMemoryLimitMb most memory of each GPU for all sessions on it; 0 for no limit
/// @param gpuTf32 whether GPUs may round products to TF32
/// @param gpuLargestBatch most windows that a GPU computes at once, 1 or more
/// @param nativePath folder of another ONNX Runtime
/// @param webGpuLibrary execution provider for GPUs of any maker
public record EngineSettings(
    Device device,
    int cpuThreads,
    int nice,
    List<Integer> gpuDeviceIds,
    int gpuMemoryLimitMb,
    boolean gpuTf32,
    int gpuLargestBatch,
    Optional<Path> nativePath,
    Optional<Path> webGpuLibrary) {

  public EngineSettings {
    gpuDeviceIds = List.copyOf(gpuDeviceIds);
    if (cpuThreads < 1 || gpuDeviceIds.isEmpty()) {
      throw new IllegalArgumentException(
          cpuThreads + " threads, GPUs " + gpuDeviceIds + "; both must be at least 1");
    }
  }

  /// Where inference should run.
  public enum Device {
    /// Whichever works.
    AUTO,
    /// An NVIDIA GPU; without one the worker speaks on the CPU and says that it is degraded.
    CUDA,
    /// A GPU of any maker; the same.
    WEBGPU,
    /// Software in place of a GPU, for tests; the same.
    WEBGPU_SOFTWARE,
    CPU
  }
}
