package dev.ttsworker.http;

import java.util.Map;

/// Bounds of Java's HTTP server, which reads them from system properties, once in the life of the
/// process. A property that is set already stays.
final class HttpLimits {
  private static final Map<String, String> PROPERTIES =
      Map.of(
          // Many more than can hang there at the rate at which idle ones are closed.
          "jdk.httpserver.maxConnections", "4096",
          "sun.net.httpserver.maxIdleConnections", "64",
          // Seconds without a request, and how often that is looked at in milliseconds.
          "sun.net.httpserver.idleInterval", "2",
          "sun.net.httpserver.clockTick", "500",
          "sun.net.httpserver.maxReqHeaders", "64",
          "sun.net.httpserver.maxReqHeaderSize", "16384",
          // Seconds: for a request to come in, and for its answer, which may be the longest speech
          // at the pace of play-out.
          "sun.net.httpserver.maxReqTime", "5",
          "sun.net.httpserver.maxRspTime", "240",
          // Else the first sound waits for the answer to what was sent before.
          "sun.net.httpserver.nodelay", "true");

  private HttpLimits() {}

  static void apply() {
    PROPERTIES.forEach((name, value) -> {
      if (System.getProperty(name) == null) {
        System.setProperty(name, value);
      }
    });
  }
}
