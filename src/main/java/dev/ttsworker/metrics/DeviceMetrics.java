package dev.ttsworker.metrics;

import dev.ttsworker.engine.Device;
import dev.ttsworker.engine.GpuUsage;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Info;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/// Metrics of inference device and processor. Thread-safe.
public final class DeviceMetrics {
  private final MetricFactory factory;
  private final Info device;
  private final Gauge degraded;

  DeviceMetrics(MetricFactory factory) {
    this.factory = factory;
    device = factory.info("tts_device_info", "Where inference runs and why", "device", "reason");
    degraded =
        factory.gauge(
            "tts_device_degraded", "1 while less is in use than was asked for, or than was found");
    CpuUsage usage =
        new CpuUsage(cpuTime(), System::nanoTime, Runtime.getRuntime().availableProcessors());
    factory.gaugeCallback(
        "tts_cpu_usage_percent",
        "Share of all processors that this process used lately, 0 to 100",
        usage::percent);
  }

  private static Supplier<Duration> cpuTime() {
    ProcessHandle process = ProcessHandle.current();
    return () -> process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /// Publishes where inference runs.
  public void setDevice(Device now) {
    device.setLabelValues(now.name(), now.reason());
    degraded.set(now.degraded() ? 1 : 0);
  }

  /// Publishes GPU usage from now on.
  ///
  /// @param gpus read at each scrape
  public void watchGpus(Supplier<List<GpuUsage>> gpus) {
    factory.gaugeCallbacks(
        "tts_gpu_memory_used_bytes",
        "GPU memory in use, by whatever process",
        "device",
        gpus,
        GpuUsage::device,
        gpu -> OptionalDouble.of((double) gpu.usedBytes()));
    factory.gaugeCallbacks(
        "tts_gpu_memory_total_bytes",
        "Total GPU memory",
        "device",
        gpus,
        GpuUsage::device,
        gpu -> OptionalDouble.of((double) gpu.totalBytes()));
    factory.gaugeCallbacks(
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
