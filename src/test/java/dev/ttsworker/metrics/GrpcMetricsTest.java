package dev.ttsworker.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GrpcMetricsTest {
  @Test
  void callsAreCountedAndErrorsAmongThem() {
    PrometheusRegistry registry = new PrometheusRegistry();
    GrpcMetrics metrics = new WorkerMetrics(registry).grpc();
    metrics.ended("Synthesize", "OK", Duration.ofSeconds(1));
    metrics.ended("Synthesize", "RESOURCE_EXHAUSTED", Duration.ofSeconds(2));
    metrics.ended("Check", "OK", Duration.ofMillis(1));
    Exposition page = Exposition.of(registry);
    assertEquals(2, page.sum("tts_grpc_requests_total", "method", "Synthesize"));
    assertEquals(3, page.sum("tts_grpc_requests_total"));
    assertEquals(1, page.sum("tts_grpc_request_errors_total"));
    assertEquals(
        1,
        page.sum(
            "tts_grpc_request_errors_total", "method", "Synthesize", "code", "RESOURCE_EXHAUSTED"));
    assertEquals(3, page.sum("tts_grpc_request_duration_seconds_sum", "method", "Synthesize"));
  }

  @Test
  void methodsAndTheirFaultsArePublishedBeforeTheFirstCall() {
    PrometheusRegistry registry = new PrometheusRegistry();
    new WorkerMetrics(registry).grpc().initialize(List.of("Synthesize", "Check"));
    Exposition page = Exposition.of(registry);
    for (String method : List.of("Synthesize", "Check")) {
      assertEquals(1, page.count("tts_grpc_requests_total", "method", method));
      for (String code : List.of("INTERNAL", "UNKNOWN", "DATA_LOSS")) {
        assertEquals(
            1, page.count("tts_grpc_request_errors_total", "method", method, "code", code));
      }
    }
    assertEquals(0, page.sum("tts_grpc_request_errors_total"));
  }
}
