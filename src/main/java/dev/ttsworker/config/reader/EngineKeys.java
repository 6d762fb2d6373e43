package dev.ttsworker.config.reader;

import dev.ttsworker.config.EngineSettings;
import dev.ttsworker.config.EngineSettings.Device;
import dev.ttsworker.config.value.ScalarType;
import java.util.List;
import java.util.Locale;

/// The keys of `engine`.
final class EngineKeys {
  static final Key<Device> DEVICE =
      Key.of(
              "engine.device",
              ScalarType.choice(Device.class, EngineKeys::lower),
              Device.AUTO,
              c -> lower(c.engine().device().name()))
          .option(Option.DEVICE);

  /// 0 stands for one thread per core.
  static final Key<Integer> CPU_THREADS =
      Key.of("engine.cpu_threads", ScalarType.whole(0, 1024), 0, c -> c.engine().cpuThreads());

  static final Key<Integer> GPU_DEVICE_ID =
      Key.of("engine.gpu_device_id", ScalarType.whole(0, 1023), 0, c -> c.engine().gpuDeviceId());

  static final Key<Integer> GPU_MEM_LIMIT_MB =
      Key.of(
          "engine.gpu_mem_limit_mb",
          ScalarType.whole(0, 1_048_576),
          0,
          c -> c.engine().gpuMemoryLimitMb());

  static final List<Key<?>> ALL = List.of(DEVICE, CPU_THREADS, GPU_DEVICE_ID, GPU_MEM_LIMIT_MB);

  private EngineKeys() {}

  static EngineSettings read(Sources sources) {
    int threads = sources.get(CPU_THREADS);
    return new EngineSettings(
        sources.get(DEVICE),
        threads == 0 ? Runtime.getRuntime().availableProcessors() : threads,
        sources.get(GPU_DEVICE_ID),
        sources.get(GPU_MEM_LIMIT_MB));
  }

  static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
