package dev.ttsworker.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.ttsworker.config.MetricsSettings;
import dev.ttsworker.health.Readiness;
import dev.ttsworker.metrics.RefusalMetrics;
import dev.ttsworker.net.TcpPort;
import io.netty.channel.WriteBufferWaterMark;
import io.prometheus.metrics.exporter.httpserver.MetricsHandler;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// HTTP server: `/metrics` for Prometheus, `/healthz` and `/readyz` for probes, and the page. Each
/// request runs on its own thread; `ConnectionTable` limits the number of connections, and
/// [HttpConnection] their timeouts.
public final class HttpPort implements AutoCloseable {
  private static final int HTTP_OK = 200;
  private static final int UNAVAILABLE = 503;
  private static final int SHUTDOWN_SECONDS = 2;
  private static final Duration READER_TIMEOUT = Duration.ofSeconds(10);
  private static final int SEND_BYTES = 64 << 10;

  private final TcpPort port;
  private final ExecutorService requests;

  private HttpPort(TcpPort port, ExecutorService requests) {
    this.port = port;
    this.requests = requests;
  }

  /// Opens the port.
  ///
  /// @param view state shown by the probes and the page
  /// @param speech synthesis for the page; empty where calls need a token or a client certificate,
  ///   which a page cannot have
  /// @param protocols routes of other servers' interfaces, by path
  /// @throws dev.ttsworker.error.WorkerException `INVALID_CONFIGURATION`, "Address already in use"
  ///   when the port is busy
  public static HttpPort open(
      MetricsSettings settings,
      PrometheusRegistry registry,
      WorkerView view,
      Optional<PageSynthesis> speech,
      Map<String, Route> protocols,
      RefusalMetrics refusals,
      HttpThreads threads) {
    SameOriginGuard site = SameOriginGuard.of(settings.host(), view);
    Map<String, Route> routes = new HashMap<>();
    routes.put("/metrics", open(site, new MetricsHandler(registry)));
    routes.put("/healthz", open(site, exchange -> Responses.text(exchange, HTTP_OK, "ok")));
    routes.put("/readyz", open(site, exchange -> ready(exchange, view.readiness().status())));
    protocols.forEach((path, route) -> routes.put(path, checked(site, route)));
    if (settings.page()) {
      Page.routes(site, registry, view, speech)
          .forEach((path, route) -> routes.merge(path, route, (other, page) -> page.with(other)));
    }
    return listen(
        settings.host(),
        settings.prometheusPort(),
        new Router(routes),
        READER_TIMEOUT,
        refusals,
        threads);
  }

  /// Opens a port with a router.
  ///
  /// @param port 0 for any free one
  /// @param readerTimeout of a client that reads nothing
  /// @throws dev.ttsworker.error.WorkerException as [#open]
  static HttpPort listen(
      String host,
      int port,
      Router router,
      Duration readerTimeout,
      RefusalMetrics refusals,
      HttpThreads threads) {
    ExecutorService requests = Executors.newThreadPerTaskExecutor(threads.requests());
    boolean complete = false;
    try {
      TcpPort opened =
          TcpPort.open(
              new TcpPort.Address(host, port, "metrics.host, metrics.prometheus_port"),
              SEND_BYTES,
              WriteBufferWaterMark.DEFAULT,
              threads.wire(),
              new HttpChannelInitializer(router, requests, readerTimeout, refusals));
      complete = true;
      return new HttpPort(opened, requests);
    } finally {
      if (!complete) {
        requests.shutdown();
      }
    }
  }

  /// Programs may use any host name; browsers only a name of this worker, so that no other site
  /// reads this through one (DNS rebinding).
  private static Route open(SameOriginGuard site, HttpHandler handler) {
    return Route.get(exchange -> {
      site.checkBrowser(exchange.getRequestHeaders());
      handler.handle(exchange);
    });
  }

  private static Route checked(SameOriginGuard site, Route route) {
    SortedMap<String, HttpHandler> handlers = new TreeMap<>();
    route
        .handlers()
        .forEach((method, handler) ->
            handlers.put(
                method,
                exchange -> {
                  site.checkBrowser(exchange.getRequestHeaders());
                  handler.handle(exchange);
                }));
    return new Route(handlers, route.errors());
  }

  private static void ready(HttpExchange exchange, Readiness.Status status) throws IOException {
    int code = status.serving() ? HTTP_OK : UNAVAILABLE;
    Responses.json(
        exchange, code, Map.of("state", status.state().name(), "reason", status.reason()));
  }

  public int port() {
    return port.port();
  }

  /// Waits briefly for responses in progress, then closes the connections.
  @Override
  public void close() {
    port.stopListening();
    requests.shutdown();
    try {
      var _ = requests.awaitTermination(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    var _ = requests.shutdownNow();
    port.close();
  }
}
