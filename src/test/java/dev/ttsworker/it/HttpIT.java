package dev.ttsworker.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.error.WorkerException;
import dev.ttsworker.fixture.SpokenCall;
import dev.ttsworker.fixture.TestWorker;
import dev.ttsworker.fixture.TinyVoices;
import dev.ttsworker.fixture.WebClient;
import dev.ttsworker.health.Readiness;
import dev.ttsworker.lifecycle.Threads;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The port for people and Prometheus of a real worker, over real connections.
final class HttpIT {
  private static final int FRAME_BYTES = 1920;
  private static final int IDLE_CONNECTIONS = 300;
  private static final String SHORT_LEAD = "synthesis: {max_lead_ms: 100}";
  private static final String LONG_TEXT = "Hello, this takes a while. ".repeat(30).strip();

  @TempDir Path folder;

  @Test
  void metricsProbesAndPageAreServed() throws Exception {
    try (TestWorker worker = serving()) {
      WebClient web = new WebClient(worker);
      HttpResponse<String> metrics = web.get("/metrics");
      assertEquals(200, metrics.statusCode());
      assertTrue(metrics.body().contains("\ntts_models_resident_count 1.0\n"), metrics.body());
      assertTrue(metrics.body().contains("\nprocess_cpu_seconds_total "));
      assertEquals("ok\n", web.get("/healthz").body());
      HttpResponse<String> ready = web.get("/readyz");
      assertEquals(200, ready.statusCode());
      assertEquals("SERVING", json(ready).get("state").stringValue());
      for (String path : Set.of("/", "/page.css", "/page.js", "/icon.svg")) {
        HttpResponse<String> file = web.get(path);
        assertEquals(200, file.statusCode(), path);
        assertTrue(file.headers().firstValue("Content-Security-Policy").isPresent());
        assertFalse(file.body().contains("http://") && !path.equals("/icon.svg"), path);
        assertFalse(file.body().contains("https://"), path);
      }
      assertEquals(404, web.get("/page.html").statusCode());
      assertEquals(404, web.get("/../page.css").statusCode());
      assertEquals(405, web.get("/speak").statusCode());
    }
  }

  @Test
  void readinessSaysWhyNot() throws Exception {
    try (TestWorker worker = TestWorker.startAsIs(folder, http("")).await(Readiness.State.UNABLE)) {
      HttpResponse<String> ready = new WebClient(worker).get("/readyz");
      assertEquals(503, ready.statusCode());
      assertEquals("UNABLE", json(ready).get("state").stringValue());
      assertTrue(json(ready).get("reason").stringValue().contains("piper-tiny"), ready.body());
      assertEquals(200, new WebClient(worker).get("/healthz").statusCode());
    }
  }

  @Test
  void connectionsWithoutARequestKeepNobodyOutAndAreClosed() throws Exception {
    List<Socket> idle = new ArrayList<>();
    try (TestWorker worker = serving()) {
      WebClient web = new WebClient(worker);
      for (int i = 0; i < IDLE_CONNECTIONS; i++) {
        Socket socket =
            new Socket(InetAddress.getLoopbackAddress(), worker.worker.httpPort().orElseThrow());
        socket.setSoTimeout(20_000);
        idle.add(socket);
      }
      assertEquals("ok\n", web.get("/healthz").body());
      assertEquals(200, web.get("/readyz").statusCode());
      for (Socket socket : idle) {
        assertEquals(-1, socket.getInputStream().read());
      }
    } finally {
      for (Socket socket : idle) {
        socket.close();
      }
    }
  }

  @Test
  void drainIsReportedWhileCallsFinish() throws Exception {
    try (TestWorker worker = serving()) {
      worker.session("drain", "", Map.of());
      SpokenCall call = worker.call();
      call.send("drain", "Hello.");
      worker.awaitStreams(1);
      Thread closing = Threads.platform("closing-").newThread(worker.worker::close);
      closing.start();
      var _ = worker.await(Readiness.State.DRAINING);
      HttpResponse<String> ready = new WebClient(worker).get("/readyz");
      assertEquals(503, ready.statusCode());
      assertEquals("DRAINING", json(ready).get("state").stringValue());
      call.endInput();
      assertTrue(call.audio().length > 0);
      closing.join();
    }
  }

  @Test
  void textIsAnsweredWithWholeFrames() throws Exception {
    try (TestWorker worker = serving()) {
      WebClient web = new WebClient(worker);
      assertEquals(25 * FRAME_BYTES, spoken(web, "x", "mock-440hz"));
      int bytes = spoken(web, "Hello. Good morning.", "");
      assertTrue(bytes > FRAME_BYTES);
      assertEquals(0, bytes % FRAME_BYTES);
      JsonNode status = json(web.get("/status.json"));
      assertEquals(0, status.get("open_sessions").intValue());
      assertEquals(0, status.get("running_calls").intValue());
      long counted = 0;
      for (JsonNode count : status.get("latencies").get(0).get("counts")) {
        counted += count.longValue();
      }
      assertEquals(2, counted);
    }
  }

  private static int spoken(WebClient web, String text, String model) throws Exception {
    HttpResponse<InputStream> answer = web.speak(text, model);
    assertEquals(200, answer.statusCode());
    assertEquals("48000", answer.headers().firstValue("X-Sample-Rate").orElse(""));
    try (InputStream body = answer.body()) {
      return body.readAllBytes().length;
    }
  }

  @Test
  void firstSoundComesWhileTheCallRunsAndAListenerWhoGoesEndsIt() throws Exception {
    try (TestWorker worker = serving(SHORT_LEAD)) {
      WebClient web = new WebClient(worker);
      try (InputStream body = web.speak(LONG_TEXT, "").body()) {
        assertEquals(FRAME_BYTES, body.readNBytes(FRAME_BYTES).length);
        HttpResponse<String> answer = web.get("/status.json");
        JsonNode call = json(answer).get("calls").get(0);
        assertEquals("piper-tiny", call.get("model_id").stringValue());
        assertTrue(call.get("age_ms").longValue() >= 0);
        assertTrue(call.get("lead_ms").longValue() > -60_000);
        assertTrue(Set.of("speaking", "awaiting_reader").contains(call.get("phase").stringValue()));
        assertFalse(answer.body().contains("takes a while"), answer.body());
        assertEquals(1, json(answer).get("running_calls").intValue());
        JsonNode model = json(answer).get("models").get(1);
        assertEquals("piper-tiny", model.get("id").stringValue());
        assertEquals("loaded", model.get("state").stringValue());
        assertEquals(1, model.get("refcount").intValue());
      }
      worker.awaitStreams(0);
    }
  }

  @Test
  void foreignSitesAreRefused() throws Exception {
    try (TestWorker worker = serving()) {
      WebClient web = new WebClient(worker);
      String text = "{\"text\": \"Hello.\"}";
      String own = "http://" + web.authority();
      String json = "application/json";
      String only = "Only the worker's own page may do this";
      assertRefused(
          403, only, web.post(text, "Content-Type", json, "Origin", "http://evil.example"));
      assertRefused(403, only, web.post(text, "Content-Type", json, "Origin", "null"));
      assertRefused(
          403, only, web.post(text, "Content-Type", json, "Sec-Fetch-Site", "cross-site"));
      assertRefused(
          415,
          "Content-Type must be application/json",
          web.post(text, "Content-Type", "text/plain", "Origin", own));
      assertEquals(405, web.preflight().statusCode());
      try (InputStream body = web.post(text, "Content-Type", json, "Origin", own).body()) {
        assertTrue(body.readAllBytes().length >= FRAME_BYTES);
      }
      for (String path : Set.of("/", "/status.json")) {
        assertTrue(
            raw(worker, "GET " + path + " HTTP/1.1\r\nHost: evil.example\r\n")
                .startsWith("HTTP/1.1 403 "));
      }
      assertTrue(
          raw(worker, "GET /metrics HTTP/1.1\r\nHost: evil.example\r\n")
              .startsWith("HTTP/1.1 200 "));
      for (String path : Set.of("/metrics", "/readyz", "/healthz")) {
        String browser =
            "GET " + path + " HTTP/1.1\r\nHost: evil.example\r\nAccept-Language: en\r\n";
        assertTrue(raw(worker, browser).startsWith("HTTP/1.1 403 "));
      }
    }
  }

  @Test
  void badRequestsAreReportedWhatIsAllowed() throws Exception {
    try (TestWorker worker = serving("limits: {max_chunk_chars: 30}")) {
      WebClient web = new WebClient(worker);
      assertRefused(400, "Missing text", web.speak("", ""));
      assertRefused(400, "text has 31 characters; allowed: 1 to 30", web.speak("x".repeat(31), ""));
      String json = "application/json";
      assertRefused(
          400,
          "The request is not a JSON object with text and model",
          web.post("{", "Content-Type", json));
      assertRefused(
          413,
          "The request has more than 1204 bytes",
          web.post(" ".repeat(5_000), "Content-Type", json));
      HttpResponse<InputStream> unknown = web.speak("Hello.", "piper-nowhere");
      assertEquals(404, unknown.statusCode());
      try (InputStream body = unknown.body()) {
        String told = new String(body.readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(told.startsWith("Model not found: piper-nowhere"), told);
      }
      assertEquals(0, json(web.get("/status.json")).get("open_sessions").intValue());
    }
  }

  @Test
  void hugeHeadersAreRefused() throws Exception {
    try (TestWorker worker = serving()) {
      String start = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n";
      assertTrue(raw(worker, start).startsWith("HTTP/1.1 200 "));
      assertFalse(raw(worker, start + "X: " + "x".repeat(20_000) + "\r\n").contains(" 200 "));
      assertFalse(raw(worker, start + manyHeaders()).contains(" 200 "));
    }
  }

  private static String manyHeaders() {
    StringBuilder headers = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      headers.append("X-").append(i).append(": x\r\n");
    }
    return headers.toString();
  }

  @Test
  void pageCanBeOff() throws Exception {
    try (TestWorker worker =
        TestWorker.start(folder, http(", page: false")).await(Readiness.State.SERVING)) {
      WebClient web = new WebClient(worker);
      for (String path : Set.of("/", "/page.js", "/status.json")) {
        assertEquals(404, web.get(path).statusCode(), path);
      }
      assertEquals(404, web.speak("Hello.", "").statusCode());
      assertEquals(200, web.get("/metrics").statusCode());
      assertEquals(200, web.get("/readyz").statusCode());
    }
  }

  @Test
  void everythingCanBeOff() throws Exception {
    try (TestWorker worker = TestWorker.start(folder, "metrics: {enabled: false}")) {
      assertEquals(OptionalInt.empty(), worker.worker.httpPort());
    }
  }

  @Test
  void busyPortAndUnknownHostAreReported() throws Exception {
    TinyVoices.copyLoaded(folder.resolve("voicepacks"));
    try (ServerSocket busy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      assertStartFails(
          "metrics: {host: 127.0.0.1, prometheus_port: " + busy.getLocalPort() + "}",
          "127.0.0.1:"
              + busy.getLocalPort()
              + " (metrics.host, metrics.prometheus_port): Address already in use");
    }
    assertStartFails(
        "metrics: {host: no.such.host.invalid, prometheus_port: 0}",
        "no.such.host.invalid:0 (metrics.host, metrics.prometheus_port): Unresolved address");
  }

  private void assertStartFails(String line, String told) {
    WorkerException failure =
        assertThrows(WorkerException.class, () -> TestWorker.startAsIs(folder, line));
    assertEquals("Cannot listen on " + told, failure.getMessage());
  }

  private TestWorker serving(String... lines) throws Exception {
    String[] all = java.util.Arrays.copyOf(lines, lines.length + 1);
    all[lines.length] = http("");
    return TestWorker.start(folder, all).await(Readiness.State.SERVING);
  }

  private static String http(String more) {
    return "metrics: {host: 127.0.0.1, prometheus_port: 0" + more + "}";
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return new JsonMapper().readTree(answer.body());
  }

  private static void assertRefused(int status, String told, HttpResponse<InputStream> answer)
      throws IOException {
    assertEquals(status, answer.statusCode());
    try (InputStream body = answer.body()) {
      assertEquals(told + "\n", new String(body.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /// What comes for a request as it is written here; empty when the connection was just cut.
  private static String raw(TestWorker worker, String request) throws IOException {
    int port = worker.worker.httpPort().orElseThrow();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      byte[] bytes = (request + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
      socket.getOutputStream().write(bytes);
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (java.net.SocketException cut) {
      return "";
    }
  }
}
