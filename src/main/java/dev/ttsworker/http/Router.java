package dev.ttsworker.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.ttsworker.error.WorkerException;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Router: dispatches by path, and maps rejections and failures to short responses. Security
/// headers of every response forbid browsers to load content from elsewhere, and other sites to
/// embed or read it.
final class Router implements HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Router.class);
  private static final int NOT_FOUND = 404;
  private static final int WRONG_METHOD = 405;
  private static final int INTERNAL = 500;
  private static final int NOTHING_SENT = -1;
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
          + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final Map<String, Route> routes;

  /// @param routes by their exact path
  Router(Map<String, Route> routes) {
    this.routes = Map.copyOf(routes);
  }

  /// An incomplete exchange is left open: the server then closes the connection, so that no client
  /// takes a truncated response for a complete one.
  @Override
  public void handle(HttpExchange exchange) throws IOException {
    addSecurityHeaders(exchange.getResponseHeaders());
    try {
      answer(exchange);
    } catch (HttpError e) {
      Responses.text(exchange, e.status(), e.line());
    } catch (WorkerException e) {
      Responses.failure(exchange, e);
    } catch (RuntimeException e) {
      fail(exchange, e);
    }
    exchange.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    Route route = routes.get(exchange.getRequestURI().getPath());
    if (route == null) {
      throw new HttpError(NOT_FOUND, "Not found");
    }
    String method = exchange.getRequestMethod();
    if (!route.methods().contains(method)) {
      String allowed = String.join(", ", route.methods());
      exchange.getResponseHeaders().set("Allow", allowed);
      throw new HttpError(WRONG_METHOD, "Wrong method; allowed: " + allowed);
    }
    route.handler().handle(exchange);
  }

  private static void fail(HttpExchange exchange, RuntimeException failure) throws IOException {
    String id = UUID.randomUUID().toString();
    LOG.atError().addKeyValue("error_id", id).setCause(failure).log("A request over HTTP failed");
    if (exchange.getResponseCode() != NOTHING_SENT) {
      throw new IOException("The answer broke off", failure);
    }
    Responses.text(exchange, INTERNAL, "Internal error; error id " + id);
  }

  private static void addSecurityHeaders(Headers headers) {
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cache-Control", "no-store");
  }
}
