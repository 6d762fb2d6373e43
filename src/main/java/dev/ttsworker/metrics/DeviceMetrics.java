package dev.ttsworker.metrics;

import dev.ttsworker.engine.GpuUsage;
import io.prometheus.metrics.core.metrics.Info;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/// Where speech is computed, and what the process takes of the processor. Thread-safe.
public final class DeviceMetrics {
  private final MetricFactory make;
  private final Info device;

  DeviceMetrics(MetricFactory make) {
    this.make = make;
    device = make.info("tts_device_info", "Where inference runs and why", "device", "reason");
    CpuUsage usage =
        new CpuUsage(cpuTime(), System::nanoTime, Runtime.getRuntime().availableProcessors());
    make.watchedGauge(
        "tts_cpu_usage_percent",
        "Share of all processors that this process used lately, 0 to 100",
        usage::percent);
  }

  private static Supplier<Duration> cpuTime() {
    ProcessHandle process = ProcessHandle.current();
    return () -> process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /// Tells where inference runs.
  ///
  /// @param name `cpu` or `cuda:0`
  public void inUse(String name, String reason) {
    device.setLabelValues(name, reason);
  }

  /// Tells of GPUs from now on.
  ///
  /// @param gpus asked whenever metrics are read
  public void watchGpus(Supplier<List<GpuUsage>> gpus) {
    make.watchedGauges(
        "tts_gpu_memory_used_bytes",
        "GPU memory in use, by whatever process",
        "device",
        gpus,
        GpuUsage::device,
        gpu -> OptionalDouble.of((double) gpu.usedBytes()));
    make.watchedGauges(
        "tts_gpu_memory_total_bytes",
        "GPU memory there is",
        "device",
        gpus,
        GpuUsage::device,
        gpu -> OptionalDouble.of((double) gpu.totalBytes()));
    make.watchedGauges(
        "tts_gpu_utilization_percent",
        "Share of the latest moments in which the GPU was busy, 0 to 100",
        "device",
        gpus,
        GpuUsage::device,
        gpu ->
            gpu.utilizationPercent().isPresent()
                ? OptionalDouble.of(gpu.utilizationPercent().getAsInt())
                : OptionalDouble.empty());
  }
}
