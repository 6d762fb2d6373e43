package dev.ttsworker.http;

import dev.ttsworker.metrics.RefusalMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.Map;

/// Port with the routes of a test.
final class TestPort {
  private TestPort() {}

  static HttpPort open(Map<String, Route> routes) {
    return open(routes, new PrometheusRegistry());
  }

  static HttpPort open(Map<String, Route> routes, PrometheusRegistry registry) {
    return HttpPort.listen(
        "127.0.0.1",
        0,
        new Router(routes),
        Duration.ofMinutes(1),
        new RefusalMetrics(registry),
        new HttpThreads(Thread.ofPlatform().daemon().factory(), Thread.ofVirtual().factory()));
  }
}
