package dev.ttsworker.inference;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;

/// How the GPU is to be used.
///
/// @param deviceId which GPU, from 0
/// @param memoryLimitBytes most memory for the arena; 0 for no limit
public record CudaSettings(int deviceId, long memoryLimitBytes) {
  public CudaSettings {
    if (deviceId < 0 || memoryLimitBytes < 0) {
      throw new IllegalArgumentException("device " + deviceId + ", limit " + memoryLimitBytes);
    }
  }

  /// The caller closes the options.
  OrtCUDAProviderOptions providerOptions() throws OrtException {
    OrtCUDAProviderOptions options = new OrtCUDAProviderOptions(deviceId);
    options.add("cudnn_conv_algo_search", "HEURISTIC");
    options.add("arena_extend_strategy", "kSameAsRequested");
    if (memoryLimitBytes > 0) {
      options.add("gpu_mem_limit", Long.toString(memoryLimitBytes));
    }
    return options;
  }
}
