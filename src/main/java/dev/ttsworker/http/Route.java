package dev.ttsworker.http;

import com.sun.net.httpserver.HttpHandler;
import java.util.List;

/// What answers on one path.
///
/// @param methods which are allowed
record Route(List<String> methods, HttpHandler handler) {
  static Route get(HttpHandler handler) {
    return new Route(List.of("GET", "HEAD"), handler);
  }

  static Route post(HttpHandler handler) {
    return new Route(List.of("POST"), handler);
  }
}
