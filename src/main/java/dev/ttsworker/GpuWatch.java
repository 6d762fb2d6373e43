package dev.ttsworker;

import dev.ttsworker.engine.runtime.Device;
import dev.ttsworker.engine.runtime.Nvml;
import dev.ttsworker.metrics.GpuReading;
import dev.ttsworker.metrics.WorkerMetrics;
import java.util.List;
import java.util.Optional;

/// Has metrics tell of the GPUs in use, where NVIDIA's management library is there.
final class GpuWatch {
  private GpuWatch() {}

  static void start(WorkerMetrics metrics, Device device, Optional<Nvml> library) {
    if (device.accelerated()) {
      library.ifPresent(nvml -> metrics.device().watchGpus(() -> readings(nvml, device.ids())));
    }
  }

  private static List<GpuReading> readings(Nvml nvml, List<Integer> ids) {
    return ids.stream().map(id -> reading(nvml, id)).flatMap(Optional::stream).toList();
  }

  private static Optional<GpuReading> reading(Nvml nvml, int id) {
    return nvml.memory(id)
        .map(memory ->
            new GpuReading(
                "cuda:" + id, memory.used(), memory.total(), nvml.utilizationPercent(id)));
  }
}
