package dev.ttsworker.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Paths, methods and failures, over a real connection.
final class RouterTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpPort server;

  @BeforeEach
  void listen() {
    server =
        TestPort.open(
            Map.of(
                "/", Route.get(exchange -> Responses.text(exchange, 200, "home")),
                "/post", Route.post(exchange -> Responses.text(exchange, 200, "done")),
                "/full",
                    Route.get(exchange -> {
                      throw new WorkerException(ErrorCode.NO_CAPACITY, "No capacity now");
                    }),
                "/bug",
                    Route.get(exchange -> {
                      throw new IllegalStateException("secret");
                    }),
                "/half",
                    Route.get(exchange -> {
                      exchange.sendResponseHeaders(200, 0);
                      exchange.getResponseBody().write(new byte[10_000]);
                      throw new IllegalStateException("half");
                    })));
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void pathsAreExact() throws Exception {
    assertAnswer(200, "home\n", send("GET", "/"));
    assertAnswer(200, "home\n", send("GET", "/?x=1"));
    assertAnswer(404, "Not found\n", send("GET", "/other"));
    assertAnswer(404, "Not found\n", send("GET", "/post/"));
    assertAnswer(404, "Not found\n", send("GET", "/../etc/passwd"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "400, CONNECT a:443 HTTP/1.1",
        "400, GET mailto:x HTTP/1.1",
        "400, GET http:healthz HTTP/1.1",
        "400, GET a:1?x HTTP/1.1",
        "400, GET // HTTP/1.1",
        "400, GET http:// HTTP/1.1",
        "400, GET /%zz HTTP/1.1",
        "400, GET HTTP/1.1",
        "400, GET / FTP/1.1",
        "404, OPTIONS * HTTP/1.1",
        "404, GET ? HTTP/1.1",
        "404, GET # HTTP/1.1",
        "404, GET //x HTTP/1.1",
        "405, BREW / HTTP/1.1",
        "505, GET / HTTP/9.9",
        "505, GET / HTTP/2.0",
        "505, GET / HTTP/0.9",
        "200, GET http://localhost/ HTTP/1.1",
        "200, GET / HTTP/1.0"
      })
  void requestLinesThatNoBrowserSends(int status, String line) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(60_000);
      socket
          .getOutputStream()
          .write((line + "\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
      assertEquals("HTTP/1.1 " + status, new String(answer, StandardCharsets.US_ASCII));
    }
  }

  @Test
  void headHasLengthAndNoBody() throws Exception {
    HttpResponse<String> answer = send("HEAD", "/");
    assertAnswer(200, "", answer);
    assertEquals("5", answer.headers().firstValue("Content-Length").orElse(""));
  }

  @Test
  void wrongMethodIsReported() throws Exception {
    HttpResponse<String> answer = send("OPTIONS", "/post");
    assertAnswer(405, "Wrong method; allowed: POST\n", answer);
    assertEquals("POST", answer.headers().firstValue("Allow").orElse(""));
    assertAnswer(405, "Wrong method; allowed: GET, HEAD\n", send("POST", "/"));
  }

  @Test
  void failuresAreShortText() throws Exception {
    assertAnswer(429, "No capacity now\n", send("GET", "/full"));
    HttpResponse<String> bug = send("GET", "/bug");
    assertEquals(500, bug.statusCode());
    assertTrue(bug.body().matches("Internal error; error id [-0-9a-f]{36}\n"), bug.body());
  }

  @Test
  void truncatedResponseIsNoResponse() {
    assertThrows(IOException.class, () -> send("GET", "/half"));
  }

  @Test
  void everyResponseHasSecurityHeaders() throws Exception {
    for (String path : new String[] {"/", "/other", "/bug"}) {
      HttpResponse<String> answer = send("GET", path);
      assertTrue(
          answer
              .headers()
              .firstValue("Content-Security-Policy")
              .orElse("")
              .startsWith("default-src 'none'; "));
      assertEquals("nosniff", answer.headers().firstValue("X-Content-Type-Options").orElse(""));
      assertEquals("no-referrer", answer.headers().firstValue("Referrer-Policy").orElse(""));
      assertTrue(answer.headers().firstValue("Access-Control-Allow-Origin").isEmpty());
    }
  }

  private HttpResponse<String> send(String method, String path)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
    return client.send(
        HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody()).build(),
        BodyHandlers.ofString());
  }

  private static void assertAnswer(int status, String body, HttpResponse<String> answer) {
    assertEquals(status, answer.statusCode());
    assertEquals(body, answer.body());
  }
}
