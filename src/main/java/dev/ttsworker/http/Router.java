package dev.ttsworker.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.tracing.TraceContext;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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

  private static final Route NOWHERE = new Route(new TreeMap<>(), ErrorWriter.LINE);

  private final Map<String, Route> routes = new HashMap<>();
  private final Map<String, Route> below = new HashMap<>();

  /// @param routes by their path: exact, or with a star at its end for all below it
  Router(Map<String, Route> routes) {
    routes.forEach((path, route) -> {
      if (path.endsWith("*")) {
        below.put(path.substring(0, path.length() - 1), route);
      } else {
        this.routes.put(path, route);
      }
    });
  }

  /// An incomplete exchange is left open: the server then closes the connection, so that no client
  /// takes a truncated response for a complete one.
  @Override
  public void handle(HttpExchange exchange) throws IOException {
    addSecurityHeaders(exchange.getResponseHeaders());
    String path = exchange.getRequestURI().getPath();
    Route route = route(path);
    try {
      answer(exchange, route);
    } catch (HttpError e) {
      route.errors().write(exchange, e);
    } catch (WorkerException e) {
      route.errors().write(exchange, e);
    } catch (RuntimeException e) {
      fail(exchange, route, e);
    }
    exchange.close();
  }

  private Route route(String path) {
    Route exact = routes.get(path);
    return exact != null
        ? exact
        : below.entrySet().stream()
            .filter(prefix -> path.startsWith(prefix.getKey()))
            .max(Comparator.comparingInt(prefix -> prefix.getKey().length()))
            .map(Map.Entry::getValue)
            .orElse(NOWHERE);
  }

  private static void answer(HttpExchange exchange, Route route) throws IOException {
    if (route.handlers().isEmpty()) {
      throw new HttpError(NOT_FOUND, "Not found");
    }
    HttpHandler handler = route.handlers().get(exchange.getRequestMethod());
    if (handler == null) {
      String allowed = String.join(", ", route.handlers().keySet());
      exchange.getResponseHeaders().set("Allow", allowed);
      throw new HttpError(WRONG_METHOD, "Wrong method; allowed: " + allowed);
    }
    Optional<TraceContext> trace =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst(TraceContext.HEADER))
            .flatMap(TraceContext::parse);
    if (trace.isPresent()) {
      trace.get().handle(() -> handler.handle(exchange));
    } else {
      handler.handle(exchange);
    }
  }

  private static void fail(HttpExchange exchange, Route route, RuntimeException failure)
      throws IOException {
    String id = UUID.randomUUID().toString();
    LOG.atError().addKeyValue("error_id", id).setCause(failure).log("A request over HTTP failed");
    if (exchange.getResponseCode() != NOTHING_SENT) {
      throw new IOException("The answer broke off", failure);
    }
    route.errors().write(exchange, new HttpError(INTERNAL, "Internal error; error id " + id));
  }

  private static void addSecurityHeaders(Headers headers) {
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cache-Control", "no-store");
  }
}
