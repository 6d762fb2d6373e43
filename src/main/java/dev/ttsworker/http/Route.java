package dev.ttsworker.http;

import com.sun.net.httpserver.HttpHandler;
import java.util.List;

/// Route: handler and allowed methods of one path.
///
/// @param methods allowed ones
record Route(List<String> methods, HttpHandler handler) {
  static Route get(HttpHandler handler) {
    return new Route(List.of("GET", "HEAD"), handler);
  }

  static Route post(HttpHandler handler) {
    return new Route(List.of("POST"), handler);
  }
}
