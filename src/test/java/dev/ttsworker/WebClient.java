package dev.ttsworker;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Speaks HTTP with a worker.
final class WebClient {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String authority;

  WebClient(TestWorker worker) {
    authority = "127.0.0.1:" + worker.worker.httpPort().orElseThrow();
  }

  /// Host and port.
  String authority() {
    return authority;
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(request(path).build(), BodyHandlers.ofString());
  }

  /// Has a text spoken; the caller reads and closes the body.
  HttpResponse<InputStream> speak(String text, String model)
      throws IOException, InterruptedException {
    String body = new JsonMapper().writeValueAsString(Map.of("text", text, "model", model));
    return post(body, "Content-Type", "application/json");
  }

  /// Posts to the address that speaks.
  ///
  /// @param headers names and values
  HttpResponse<InputStream> post(String body, String... headers)
      throws IOException, InterruptedException {
    return client.send(
        request("/speak").headers(headers).POST(BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofInputStream());
  }

  /// Asks as a browser does before it sends another site's JSON.
  HttpResponse<String> preflight() throws IOException, InterruptedException {
    return client.send(
        request("/speak")
            .headers("Origin", "http://evil.example", "Access-Control-Request-Method", "POST")
            .method("OPTIONS", BodyPublishers.noBody())
            .build(),
        BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://" + authority + path));
  }
}
