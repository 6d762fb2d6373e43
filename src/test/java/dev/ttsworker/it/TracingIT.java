package dev.ttsworker.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.ttsworker.fixture.Polling;
import dev.ttsworker.fixture.TestWorker;
import dev.ttsworker.health.Readiness;
import dev.ttsworker.proto.AudioFrame;
import dev.ttsworker.proto.TTSServiceGrpc;
import dev.ttsworker.proto.TextChunk;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Traces of calls by gRPC and HTTP, from their callers to a collector.
final class TracingIT {
  private static final String OF_GRPC = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String OF_HTTP = "0af7651916cd43dd8448eb211c80319c";
  private static final List<String> SPANS =
      List.of("synthesize", "text", "queue", "first window", "first frame", "end");

  @TempDir Path folder;
  private final Queue<String> exported = new ConcurrentLinkedQueue<>();
  private HttpServer collector;

  /// Spans come as protobuf; ids and names are found in its bytes.
  @BeforeEach
  void collect() throws Exception {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          exported.add(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
  }

  @AfterEach
  void stop() {
    collector.stop(0);
  }

  private TestWorker start() throws Exception {
    return TestWorker.start(
            folder,
            "metrics: {host: 127.0.0.1, prometheus_port: 0}",
            "telemetry: {otlp_endpoint: 'http://127.0.0.1:%d'}"
                .formatted(collector.getAddress().getPort()))
        .await(Readiness.State.SERVING);
  }

  private static String header(String trace) {
    return "00-" + trace + "-00f067aa0ba902b7-01";
  }

  private static void speak(TestWorker worker) throws InterruptedException {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER), header(OF_GRPC));
    CountDownLatch spoken = new CountDownLatch(1);
    StreamObserver<TextChunk> texts =
        TTSServiceGrpc.newStub(worker.channel)
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
            .synthesize(
                new StreamObserver<AudioFrame>() {
                  @Override
                  public void onNext(AudioFrame frame) {}

                  @Override
                  public void onError(Throwable failure) {
                    throw new AssertionError(failure);
                  }

                  @Override
                  public void onCompleted() {
                    spoken.countDown();
                  }
                });
    texts.onNext(TextChunk.newBuilder().setModelId("").setText("Good morning.").build());
    texts.onCompleted();
    spoken.await();
  }

  @Test
  void callsAreSpansOfTheirCallersTracesAndExemplarsNameThem() throws Exception {
    try (TestWorker worker = start();
        HttpClient client = HttpClient.newHttpClient()) {
      speak(worker);
      String http = "http://127.0.0.1:" + worker.worker.httpPort().orElseThrow();
      HttpRequest metrics =
          HttpRequest.newBuilder(URI.create(http + "/metrics"))
              .header("Accept", "application/openmetrics-text; version=1.0.0")
              .build();
      // A bucket keeps its exemplar for some seconds.
      while (!exemplar(client, metrics, "tts_synthesis_duration_seconds", OF_GRPC)) {
        Polling.pause();
      }
      assertTrue(exemplar(client, metrics, "tts_first_audio_latency_seconds", OF_GRPC));
      HttpRequest openAi =
          HttpRequest.newBuilder(URI.create(http + "/v1/audio/speech"))
              .header("traceparent", header(OF_HTTP))
              .POST(
                  BodyPublishers.ofString(
                      "{\"input\": \"Good evening.\", \"model\": \"tts-1\", \"voice\": \"alloy\"}"))
              .build();
      assertEquals(200, client.send(openAi, BodyHandlers.discarding()).statusCode());
    }
    // Closing the worker has handed over the rest.
    String spans = String.join("", exported);
    for (String trace : List.of(OF_GRPC, OF_HTTP)) {
      assertTrue(
          spans.contains(new String(HexFormat.of().parseHex(trace), StandardCharsets.ISO_8859_1)),
          trace);
    }
    for (String name : SPANS) {
      assertTrue(spans.contains(name), name);
    }
  }

  private static boolean exemplar(
      HttpClient client, HttpRequest metrics, String histogram, String trace) throws Exception {
    return client
        .send(metrics, BodyHandlers.ofString())
        .body()
        .lines()
        .anyMatch(line ->
            line.startsWith(histogram + "_bucket")
                && line.contains("# {trace_id=\"" + trace + "\""));
  }

  @Test
  void collectorThatIsGoneCostsNoCall() throws Exception {
    collector.stop(0);
    try (TestWorker worker = start()) {
      speak(worker);
    }
    assertEquals("", String.join("", exported));
  }
}
