package dev.ttsworker.engine.runtime;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import dev.ttsworker.engine.Device;
import java.util.List;
import java.util.Optional;

/// Execution provider for NVIDIA GPUs, part of the GPU builds of ONNX Runtime.
///
/// @param nvml knows the names of GPUs
record CudaProvider(CudaSettings settings, Optional<Nvml> nvml) implements ExecutionProvider {
  @Override
  public Device.Provider kind() {
    return Device.Provider.CUDA;
  }

  @Override
  public List<Integer> devices() {
    return settings.deviceIds();
  }

  @Override
  public Added addTo(SessionOptions options, int device, long memoryLimitBytes)
      throws OrtException {
    OrtCUDAProviderOptions provider = settings.providerOptions(device, memoryLimitBytes);
    boolean complete = false;
    try {
      options.addCUDA(provider);
      complete = true;
      return provider::close;
    } finally {
      if (!complete) {
        provider.close();
      }
    }
  }

  @Override
  public long memoryLimitBytes() {
    return settings.memoryLimitBytes();
  }

  @Override
  public int concurrentCalls() {
    return Integer.MAX_VALUE;
  }

  @Override
  public Optional<String> deviceName(int device) {
    return nvml.flatMap(library -> library.name(device));
  }
}
