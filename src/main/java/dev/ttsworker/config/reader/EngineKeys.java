package dev.ttsworker.config.reader;

import dev.ttsworker.config.EngineSettings;
import dev.ttsworker.config.EngineSettings.Device;
import dev.ttsworker.config.value.ListType;
import dev.ttsworker.config.value.OneOrManyType;
import dev.ttsworker.config.value.ScalarType;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The keys of `engine`.
final class EngineKeys {
  private static final Map<String, String> OTHER_DEVICE_NAMES =
      Map.of(
          "gpu", "cuda",
          "gpus", "cuda",
          "nvidia", "cuda",
          "geforce", "cuda",
          "tensorrt", "cuda",
          "host", "cpu",
          "processor", "cpu",
          "any", "auto",
          "best", "auto",
          "default", "auto");

  static final Key<Device> DEVICE =
      Key.of(
              "engine.device",
              ScalarType.choice(Device.class, EngineKeys::lower, OTHER_DEVICE_NAMES),
              Device.AUTO,
              c -> lower(c.engine().device().name()))
          .option(Option.DEVICE);

  /// 0 stands for one thread per core.
  static final Key<Integer> CPU_THREADS =
      Key.of("engine.cpu_threads", ScalarType.whole(0, 1024), 0, c -> c.engine().cpuThreads());

  static final Key<Integer> NICE =
      Key.of("engine.nice", ScalarType.whole(0, 19), 5, c -> c.engine().nice());

  static final Key<List<Integer>> GPU_DEVICE_ID =
      Key.of(
          "engine.gpu_device_id",
          new OneOrManyType<>(new ListType<>(ScalarType.whole(0, 1023), 1, 64)),
          List.of(0),
          c -> c.engine().gpuDeviceIds());

  static final Key<Integer> GPU_MEM_LIMIT_MB =
      Key.of(
          "engine.gpu_mem_limit_mb",
          ScalarType.whole(0, 1_048_576),
          0,
          c -> c.engine().gpuMemoryLimitMb());

  static final Key<Boolean> GPU_TF32 =
      Key.of("engine.gpu_tf32", ScalarType.flag(), false, c -> c.engine().gpuTf32());

  static final Key<Optional<Path>> NATIVE_PATH =
      Key.optional("engine.native_path", ModelKeys.path(), c -> c.engine().nativePath())
          .variables("ORT_NATIVE_PATH");

  static final List<Key<?>> ALL =
      List.of(DEVICE, CPU_THREADS, NICE, GPU_DEVICE_ID, GPU_MEM_LIMIT_MB, GPU_TF32, NATIVE_PATH);

  private EngineKeys() {}

  static EngineSettings read(Sources sources) {
    int threads = sources.get(CPU_THREADS);
    List<Integer> gpus = sources.get(GPU_DEVICE_ID);
    if (new HashSet<>(gpus).size() < gpus.size()) {
      sources.conflict(GPU_DEVICE_ID, "names a GPU twice: " + gpus + "; allowed: each once");
    }
    return new EngineSettings(
        sources.get(DEVICE),
        threads == 0 ? Runtime.getRuntime().availableProcessors() : threads,
        sources.get(NICE),
        gpus,
        sources.get(GPU_MEM_LIMIT_MB),
        sources.get(GPU_TF32),
        sources.get(NATIVE_PATH).map(sources::resolve));
  }

  static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
