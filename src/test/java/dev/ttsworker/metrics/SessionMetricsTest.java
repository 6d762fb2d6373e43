package dev.ttsworker.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SessionMetricsTest {
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final SessionMetrics metrics = new WorkerMetrics(registry).sessions();

  @Test
  void sessionsAreCounted() {
    metrics.started("a");
    metrics.started("a");
    metrics.started("b");
    metrics.active(3);
    metrics.ended(Duration.ofSeconds(3));
    metrics.active(2);
    Exposition page = Exposition.of(registry);
    assertEquals(2, page.sum("tts_sessions_total", "model_id", "a"));
    assertEquals(3, page.sum("tts_sessions_total"));
    assertEquals(2, page.sum("tts_sessions_active"));
    assertEquals(3, page.sum("tts_session_duration_seconds_sum"));
    assertEquals(0, page.sum("tts_session_duration_seconds_bucket", "le", "2.0"));
    assertEquals(1, page.sum("tts_session_duration_seconds_bucket", "le", "5.0"));
  }

  @Test
  void commandsAreTimedEach() {
    metrics.controlled("STOP", Duration.ofMillis(2));
    metrics.controlled("PAUSE", Duration.ofMillis(8));
    Exposition page = Exposition.of(registry);
    assertEquals(0.002, page.sum("tts_control_latency_seconds_sum", "command", "STOP"), 1e-9);
    assertEquals(0.01, page.sum("tts_control_latency_seconds_sum"), 1e-9);
  }
}
