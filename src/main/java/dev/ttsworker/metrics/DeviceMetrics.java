package dev.ttsworker.metrics;

import io.prometheus.metrics.core.metrics.Info;
import java.time.Duration;
import java.util.function.Supplier;

/// Where speech is computed, and what the process takes of the processor. Thread-safe.
public final class DeviceMetrics {
  private final Info device;

  DeviceMetrics(MetricFactory make) {
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
}
