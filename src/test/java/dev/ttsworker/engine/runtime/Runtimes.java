package dev.ttsworker.engine.runtime;

import dev.ttsworker.config.EngineSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Real runtimes for tests.
public final class Runtimes {
  private Runtimes() {}

  /// One that uses the CPU alone.
  public static InferenceRuntime cpu(int threads) {
    return new OrtRuntime(
        settings(EngineSettings.Device.CPU, threads, Optional.empty()), Optional.empty());
  }

  /// Engine settings.
  public static EngineSettings settings(
      EngineSettings.Device device, int threads, Optional<Path> webGpuLibrary) {
    return new EngineSettings(
        device, threads, 0, List.of(0), 0, false, 16, Optional.empty(), webGpuLibrary);
  }
}
