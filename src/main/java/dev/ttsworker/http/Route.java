package dev.ttsworker.http;

import com.sun.net.httpserver.HttpHandler;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Route: the handlers of one path by method.
///
/// @param handlers by allowed method
/// @param errors writes what is refused or fails
public record Route(SortedMap<String, HttpHandler> handlers, ErrorWriter errors) {
  public static Route get(HttpHandler handler, ErrorWriter errors) {
    return new Route(new TreeMap<>(Map.of("GET", handler, "HEAD", handler)), errors);
  }

  public static Route post(HttpHandler handler, ErrorWriter errors) {
    return new Route(new TreeMap<>(Map.of("POST", handler)), errors);
  }

  static Route get(HttpHandler handler) {
    return get(handler, ErrorWriter.LINE);
  }

  static Route post(HttpHandler handler) {
    return post(handler, ErrorWriter.LINE);
  }

  /// This one's methods, and those of another that this one does not have.
  public Route with(Route other) {
    SortedMap<String, HttpHandler> all = new TreeMap<>(other.handlers);
    all.putAll(handlers);
    return new Route(all, errors);
  }
}
