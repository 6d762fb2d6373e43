package dev.ttsworker.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ttsworker.config.MetricsSettings;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.health.Readiness;
import io.prometheus.metrics.exporter.httpserver.MetricsHandler;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/// Serves `/metrics` for Prometheus, `/healthz` and `/readyz` for probes, and the page. Every
/// request runs on a thread of its own; [HttpLimits] bounds how many there are and for how long.
public final class HttpPort implements AutoCloseable {
  private static final int HTTP_OK = 200;
  private static final int UNAVAILABLE = 503;
  private static final int CLOSING_SECONDS = 2;

  private final HttpServer server;
  private final ExecutorService requests;

  private HttpPort(HttpServer server, ExecutorService requests) {
    this.server = server;
    this.requests = requests;
  }

  /// Opens the port.
  ///
  /// @param view what the probes and the page tell
  /// @param speech speaks for the page; empty where calls must be allowed first, which a page
  ///   cannot be
  /// @param threads virtual ones
  /// @throws WorkerException `INVALID_CONFIGURATION`, "Address already in use" when the port is
  ///   busy
  public static HttpPort open(
      MetricsSettings settings,
      PrometheusRegistry registry,
      WorkerView view,
      Optional<PageSpeech> speech,
      ThreadFactory threads) {
    HttpLimits.apply();
    Map<String, Route> routes = new HashMap<>();
    routes.put("/metrics", Route.get(new MetricsHandler(registry)));
    routes.put("/healthz", Route.get(exchange -> Replies.text(exchange, HTTP_OK, "ok")));
    routes.put("/readyz", Route.get(exchange -> ready(exchange, view.readiness().status())));
    if (settings.page()) {
      routes.putAll(Page.routes(settings.host(), registry, view, speech));
    }
    HttpServer server = listen(settings.host(), settings.prometheusPort());
    ExecutorService requests = Executors.newThreadPerTaskExecutor(threads);
    server.setExecutor(requests);
    var _ = server.createContext("/", new Router(routes));
    server.start();
    return new HttpPort(server, requests);
  }

  private static HttpServer listen(String host, int port) {
    try {
      return HttpServer.create(new InetSocketAddress(host, port), 0);
    } catch (IOException | IllegalArgumentException e) {
      throw new WorkerException(
          ErrorCode.INVALID_CONFIGURATION,
          "Cannot listen on "
              + host
              + ":"
              + port
              + " (metrics.host, metrics.prometheus_port): "
              + e.getMessage(),
          e);
    }
  }

  private static void ready(HttpExchange exchange, Readiness.Status status) throws IOException {
    int code = status.serving() ? HTTP_OK : UNAVAILABLE;
    Replies.json(exchange, code, Map.of("state", status.state().name(), "reason", status.reason()));
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /// Waits a moment for answers that are on their way, then cuts the connections.
  @Override
  public void close() {
    server.stop(CLOSING_SECONDS);
    var _ = requests.shutdownNow();
  }
}
