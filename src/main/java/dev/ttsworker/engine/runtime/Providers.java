package dev.ttsworker.engine.runtime;

import ai.onnxruntime.OrtEnvironment;
import dev.ttsworker.config.EngineSettings;
import java.util.Optional;

/// Execution providers that the configuration allows to be tried.
///
/// @param webGpu for GPUs; empty when its library is not configured
/// @param software for software in place of a GPU; the same
record Providers(
    ExecutionProvider cuda,
    Optional<ExecutionProvider> webGpu,
    Optional<ExecutionProvider> software) {
  static Providers of(OrtEnvironment environment, EngineSettings settings, Optional<Nvml> nvml) {
    return new Providers(
        new CudaProvider(CudaSettings.of(settings), nvml),
        webGpu(environment, settings, WebGpuProvider.Adapter.HARDWARE),
        webGpu(environment, settings, WebGpuProvider.Adapter.SOFTWARE));
  }

  private static Optional<ExecutionProvider> webGpu(
      OrtEnvironment environment, EngineSettings settings, WebGpuProvider.Adapter adapter) {
    return settings
        .webGpuLibrary()
        .map(library -> new WebGpuProvider(environment, library, adapter));
  }
}
