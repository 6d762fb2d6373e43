package dev.ttsworker.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.metrics.Exposition;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests as bytes, over real connections.
@Timeout(60)
@Tag("slow")
final class HttpPortTest {
  private static final String HOST = "Host: localhost\r\n";
  private static final String ASK = "GET / HTTP/1.1\r\n" + HOST + "\r\n";
  private static final String LAST = "GET / HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n";

  /// More than the socket's buffers hold.
  private final byte[] large = new byte[1 << 20];

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Semaphore onRequest = new Semaphore(0);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final List<Socket> sockets = new ArrayList<>();
  private final HttpPort port =
      TestPort.open(
          Map.of(
              "/", Route.get(exchange -> Responses.text(exchange, 200, "home")),
              "/echo",
                  Route.post(exchange -> {
                    byte[] body = exchange.getRequestBody().readAllBytes();
                    Responses.send(exchange, 200, "text/plain", body);
                  }),
              "/large",
                  Route.get(exchange -> {
                    onRequest.release();
                    Responses.send(exchange, 200, "text/plain", large);
                  }),
              "/stream",
                  Route.get(exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    try (OutputStream out = exchange.getResponseBody()) {
                      out.write("piece".getBytes(StandardCharsets.UTF_8));
                    }
                  }),
              "/wait",
                  Route.get(exchange -> {
                    onRequest.release();
                    try {
                      goOn.await();
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                    Responses.text(exchange, 200, "waited");
                  })),
          registry);

  @AfterEach
  void close() throws IOException {
    goOn.countDown();
    for (Socket socket : sockets) {
      socket.close();
    }
    port.close();
  }

  private Socket connect(String from) throws IOException {
    Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), port.port(), InetAddress.getByName(from), 0);
    sockets.add(socket);
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// All bytes until the connection ends.
  private static String rest(Socket socket) throws IOException {
    try {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (SocketException cut) {
      return "";
    }
  }

  private String answer(String request) throws IOException {
    return answer("127.0.0.1", request);
  }

  private String answer(String from, String request) throws IOException {
    Socket socket = connect(from);
    write(socket, request);
    return rest(socket);
  }

  private double refused(String reason) {
    return Exposition.of(registry).sum("tts_refused_total", "reason", reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GET / HT", ASK})
  void connectionsWithoutARequestInProgressAreEvicted(String begun) throws IOException {
    for (int i = 0; i < 4 * HttpChannelInitializer.MAX_CONNECTIONS_PER_ADDRESS; i++) {
      write(connect("127.0.0.1"), begun);
      if (i % 64 == 0) {
        assertTrue(answer(LAST).endsWith("home\n"), "after " + i);
      }
    }
    assertTrue(answer(LAST).endsWith("home\n"));
    assertTrue(refused("http_gave_way") > 2 * HttpChannelInitializer.MAX_CONNECTIONS_PER_ADDRESS);
  }

  @Test
  void oneAddressLeavesRoomForOthers() throws IOException {
    for (int i = 0; i < HttpChannelInitializer.MAX_CONNECTIONS_PER_ADDRESS; i++) {
      write(connect("127.0.0.1"), "GET /wait HTTP/1.1\r\n" + HOST + "\r\n");
    }
    onRequest.acquireUninterruptibly(HttpChannelInitializer.MAX_CONNECTIONS_PER_ADDRESS);
    assertEquals("", answer(LAST));
    assertEquals(1, refused("http_too_many_from_address"));
    assertTrue(answer("127.0.0.2", LAST).endsWith("home\n"));
  }

  @Test
  void readersThatTakeNothingAreEvicted() throws IOException {
    for (int i = 0; i < HttpChannelInitializer.MAX_CONNECTIONS_PER_ADDRESS; i++) {
      write(connect("127.0.0.1"), "GET /large HTTP/1.1\r\n" + HOST + "\r\n");
    }
    onRequest.acquireUninterruptibly(HttpChannelInitializer.MAX_CONNECTIONS_PER_ADDRESS);
    String response = answer(LAST);
    // The last frames may still be on their way to the reader.
    while (response.isEmpty()) {
      response = answer(LAST);
    }
    assertTrue(response.endsWith("home\n"), response);
    assertTrue(refused("http_gave_way") > 0);
  }

  @Test
  void incompleteRequestTimesOut() throws IOException {
    assertEquals("", answer("GET / HTTP/1.1\r\nHost: local"));
    assertEquals(1, refused("http_request_timeout"));
    assertEquals("", answer("POST /echo HTTP/1.1\r\n" + HOST + "Content-Length: 5\r\n\r\nfour"));
    assertEquals(2, refused("http_request_timeout"));
  }

  @Test
  void connectionIsReusedAndRequestsAreAnsweredInOrder() throws IOException {
    Socket socket = connect("127.0.0.1");
    goOn.countDown();
    write(socket, "GET /wait HTTP/1.1\r\n" + HOST + "\r\n" + ASK + LAST);
    String all = rest(socket);
    assertEquals(
        List.of("waited", "home", "home"), all.lines().filter(HttpPortTest::said).toList());
  }

  private static boolean said(String line) {
    return line.equals("waited") || line.equals("home");
  }

  @Test
  void bodiesComeWithALengthOrInChunks() throws IOException {
    String head = "POST /echo HTTP/1.1\r\nConnection: close\r\n" + HOST;
    assertTrue(answer(head + "Content-Length: 5\r\n\r\nhello").endsWith("\r\n\r\nhello"));
    assertTrue(
        answer(head + "Transfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n")
            .endsWith("\r\n\r\nhello"));
    assertTrue(
        answer(head + "Content-Length: 600000\r\n\r\n" + "x".repeat(600_000))
            .startsWith("HTTP/1.1 413 "));
  }

  @Test
  void responsesWithoutALengthAreChunkedOrEndTheConnection() throws IOException {
    String chunks = answer("GET /stream HTTP/1.1\r\nConnection: close\r\n" + HOST + "\r\n");
    assertTrue(chunks.endsWith("\r\n\r\n5\r\npiece\r\n0\r\n\r\n"), chunks);
    String plain = answer("GET /stream HTTP/1.0\r\n\r\n");
    assertTrue(plain.endsWith("\r\n\r\npiece"), plain);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET / HTTP/1.1~~ | 400",
        "GET / HTTP/1.1~Host: localhost~Host: evil.example~~ | 400",
        "GET / HTTP/1.1~Host: localhost~Host: localhost~~ | 400",
        "GET / HTTP/1.0~~ | 200",
        "GET  HTTP/1.1~~ | 400",
        "rubbish~~ | 400",
        "GET /% HTTP/1.1~Host: localhost~~ | 400",
        "GET / HTTP/1.1~Host: localhost~a b: c~~ | 400",
        "BREW / HTTP/1.1~Host: localhost~Connection: close~~ | 405",
      })
  void malformedRequestsAreRejected(String request, int status) throws IOException {
    String response = answer(request.replace("~", "\r\n"));
    assertTrue(response.contains(" " + status + " "), response);
    assertEquals(status == 400 ? 1 : 0, refused("http_malformed_request"));
  }

  @Test
  void tooLargeRequestsAreRejected() throws IOException {
    String head = "GET / HTTP/1.1\r\n" + HOST;
    assertTrue(answer("GET /" + "x".repeat(9_000) + " HTTP/1.1\r\n").startsWith("HTTP/1.1 414 "));
    assertTrue(answer(head + "X: " + "x".repeat(20_000)).startsWith("HTTP/1.1 431 "));
    assertTrue(answer(head + "X: x\r\n".repeat(64) + "\r\n").startsWith("HTTP/1.1 431 "));
  }
}
