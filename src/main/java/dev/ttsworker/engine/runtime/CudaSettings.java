package dev.ttsworker.engine.runtime;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import dev.ttsworker.config.EngineSettings;
import java.util.HashSet;
import java.util.List;

/// CUDA execution provider settings.
///
/// @param deviceIds devices to use, from 0
/// @param memoryLimitBytes most memory of each for the arenas of all sessions on it together; 0 for
///   no limit
/// @param tf32 whether products may be rounded to TF32, which is faster and less exact
public record CudaSettings(List<Integer> deviceIds, long memoryLimitBytes, boolean tf32) {
  public CudaSettings {
    deviceIds = List.copyOf(deviceIds);
    boolean wrongId = deviceIds.isEmpty() || deviceIds.stream().anyMatch(id -> id < 0);
    if (wrongId || new HashSet<>(deviceIds).size() < deviceIds.size() || memoryLimitBytes < 0) {
      throw new IllegalArgumentException("devices " + deviceIds + ", limit " + memoryLimitBytes);
    }
  }

  /// As configured.
  public static CudaSettings of(EngineSettings settings) {
    return new CudaSettings(
        settings.gpuDeviceIds(), settings.gpuMemoryLimitMb() * (1L << 20), settings.gpuTf32());
  }

  /// Provider options of one session; the caller closes them.
  ///
  /// @param sessionLimitBytes most memory for the arena of this session, which includes its
  ///   weights; 0 for no limit
  OrtCUDAProviderOptions providerOptions(int deviceId, long sessionLimitBytes) throws OrtException {
    OrtCUDAProviderOptions options = new OrtCUDAProviderOptions(deviceId);
    options.add("cudnn_conv_algo_search", "HEURISTIC");
    options.add("arena_extend_strategy", "kSameAsRequested");
    options.add("use_tf32", tf32 ? "1" : "0");
    if (sessionLimitBytes > 0) {
      options.add("gpu_mem_limit", Long.toString(sessionLimitBytes));
    }
    return options;
  }
}
