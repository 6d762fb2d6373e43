package dev.ttsworker.metrics;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;

/// Serves `/metrics` for Prometheus.
public final class MetricsEndpoint implements AutoCloseable {
  private final HTTPServer server;

  private MetricsEndpoint(HTTPServer server) {
    this.server = server;
  }

  /// Opens the port.
  ///
  /// @param port 0 for any free port
  /// @throws WorkerException `INVALID_CONFIGURATION` when the port is busy
  public static MetricsEndpoint open(int port, PrometheusRegistry registry) {
    JvmMetrics.builder().register(registry);
    try {
      return new MetricsEndpoint(
          HTTPServer.builder().port(port).registry(registry).buildAndStart());
    } catch (IOException e) {
      throw new WorkerException(
          ErrorCode.INVALID_CONFIGURATION,
          "metrics.prometheus_port " + port + ": " + e.getMessage(),
          e);
    }
  }

  public int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    server.close();
  }
}
