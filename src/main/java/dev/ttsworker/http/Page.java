package dev.ttsworker.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/// Status page: its files, the state that it shows, and `/speak`. Only for browsers that use a host
/// name of this worker, see [SameOriginGuard].
final class Page {
  private static final int HTTP_OK = 200;
  private static final int FORBIDDEN = 403;

  private Page() {}

  /// The routes of the page.
  ///
  /// @param site checks host names
  static Map<String, Route> routes(
      SameOriginGuard site,
      PrometheusRegistry registry,
      WorkerView view,
      Optional<PageSynthesis> speech) {
    int longestText = speech.map(PageSynthesis::longestText).orElse(0);
    StatusReport report = new StatusReport(view, new Latencies(registry), longestText);
    VoiceList voices = new VoiceList(view.installable());
    return Map.of(
        "/", file(site, "page.html", "text/html; charset=utf-8"),
        "/page.css", file(site, "page.css", "text/css; charset=utf-8"),
        "/page.js", file(site, "page.js", "text/javascript; charset=utf-8"),
        "/icon.svg", file(site, "icon.svg", "image/svg+xml"),
        "/voices.json", get(site, exchange -> Responses.json(exchange, HTTP_OK, voices.now())),
        "/status.json", get(site, exchange -> Responses.json(exchange, HTTP_OK, report.now())),
        "/speak", Route.post(speech.map(it -> speak(site, it)).orElse(Page::refuse)));
  }

  private static HttpHandler speak(SameOriginGuard site, PageSynthesis speech) {
    return new SpeakHandler(site, speech.longestText(), speech::speak);
  }

  private static void refuse(HttpExchange exchange) {
    throw new HttpError(
        FORBIDDEN, "This page does not speak, since calls need a token or a client certificate");
  }

  private static Route file(SameOriginGuard site, String name, String type) {
    byte[] content = read(name);
    return get(site, exchange -> Responses.send(exchange, HTTP_OK, type, content));
  }

  private static Route get(SameOriginGuard site, HttpHandler handler) {
    return Route.get(exchange -> {
      site.checkHost(exchange.getRequestHeaders());
      handler.handle(exchange);
    });
  }

  private static byte[] read(String name) {
    try (InputStream file = Page.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new FileNotFoundException(name);
      }
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
