package dev.ttsworker;

import dev.ttsworker.metrics.Exposition;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.function.Predicate;

/// A worker's metrics as Prometheus reads them.
record MetricsPage(int port) {
  /// For a worker that is to be started on a port that is free now.
  static MetricsPage onAnyPort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new MetricsPage(free.getLocalPort());
    }
  }

  /// A line of worker.yaml.
  ///
  /// @param more settings of the section
  String setting(String... more) {
    return "metrics: {"
        + String.join(", ", "prometheus_port: " + port, String.join(", ", more))
            .replaceAll(", $", "")
        + "}";
  }

  Exposition read() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/metrics")).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return Exposition.parse(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
  }

  /// Reads until it shows what is wanted.
  Exposition await(Predicate<Exposition> wanted) throws IOException, InterruptedException {
    Exposition shown = read();
    while (!wanted.test(shown)) {
      shown = read();
    }
    return shown;
  }
}
