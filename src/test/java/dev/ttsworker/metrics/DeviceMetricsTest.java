package dev.ttsworker.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.Device;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class DeviceMetricsTest {
  private final AtomicLong now = new AtomicLong(5);
  private final AtomicReference<Duration> used = new AtomicReference<>(Duration.ofSeconds(3));

  @Test
  void deviceIsPublishedWithItsReason() {
    PrometheusRegistry registry = new PrometheusRegistry();
    new WorkerMetrics(registry).device().setDevice(Device.cpu(true, "no \"CUDA\" here"));
    Exposition page = Exposition.of(registry);
    assertEquals(1, page.sum("tts_device_info", "device", "cpu", "reason", "no \"CUDA\" here"));
    assertEquals(1, page.sum("tts_device_degraded"));
    double percent = page.sum("tts_cpu_usage_percent");
    assertTrue(percent >= 0 && percent <= 100, "" + percent);
  }

  @Test
  void usageIsThatSinceThePreviousReading() {
    CpuUsage usage = new CpuUsage(used::get, now::get, 4);
    assertEquals(0, usage.percent());
    pass(Duration.ofSeconds(2), Duration.ofSeconds(4));
    assertEquals(50, usage.percent());
    pass(Duration.ofSeconds(10), Duration.ofSeconds(1));
    assertEquals(2.5, usage.percent());
  }

  @Test
  void readingsWithinTheIntervalAreCached() {
    CpuUsage usage = new CpuUsage(used::get, now::get, 1);
    pass(Duration.ofSeconds(1), Duration.ofMillis(250));
    assertEquals(25, usage.percent());
    pass(Duration.ofMillis(1), Duration.ofMillis(10));
    assertEquals(25, usage.percent());
    pass(Duration.ofMillis(999), Duration.ofMillis(490));
    assertEquals(50, usage.percent());
  }

  @Test
  void usageNeverExceedsAllProcessors() {
    CpuUsage usage = new CpuUsage(used::get, now::get, 1);
    pass(Duration.ofSeconds(1), Duration.ofMillis(1_010));
    assertEquals(100, usage.percent());
  }

  private void pass(Duration time, Duration cpu) {
    now.addAndGet(time.toNanos());
    used.updateAndGet(before -> before.plus(cpu));
  }
}
