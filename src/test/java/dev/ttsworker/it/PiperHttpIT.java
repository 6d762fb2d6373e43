package dev.ttsworker.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.fixture.TestWorker;
import dev.ttsworker.health.Readiness;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Piper's HTTP interface of a real worker, which needs tokens.
final class PiperHttpIT {
  private static final String TOKEN = "a-token-of-this-test";

  @TempDir static Path folder;
  static TestWorker worker;
  static HttpClient client;

  @BeforeAll
  static void start() throws Exception {
    Files.writeString(folder.resolve("tokens"), TOKEN + "\n");
    worker =
        TestWorker.start(
                folder,
                "metrics: {host: 127.0.0.1, prometheus_port: 0}",
                "auth: {tokens_file: tokens}")
            .await(Readiness.State.SERVING);
    client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  @AfterAll
  static void stop() {
    client.close();
    worker.close();
  }

  private static HttpRequest.Builder request() {
    return HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + worker.worker.httpPort().orElseThrow()));
  }

  private static HttpResponse<byte[]> speech(String json) throws Exception {
    return client.send(
        request()
            .header("Authorization", "Bearer " + TOKEN)
            .POST(BodyPublishers.ofString(json))
            .build(),
        BodyHandlers.ofByteArray());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"text\": \"Good morning.\"}",
        "{\"text\": \"Good morning.\", \"voice\": null, \"length_scale\": 1.0}",
        "{\"text\": \"Good morning.\", \"voice\": \"piper-tiny-speakers.1\"}",
        "{\"text\": \"Good morning.\", \"voice\": \"en_US-ryan-high\"}"
      })
  void textIsSpokenAsAWavStream(String json) throws Exception {
    HttpResponse<byte[]> response = speech(json);
    assertEquals(200, response.statusCode());
    assertEquals("audio/wav", response.headers().firstValue("content-type").orElseThrow());
    assertEquals("chunked", response.headers().firstValue("transfer-encoding").orElseThrow());
    byte[] wav = response.body();
    assertEquals("RIFF", new String(wav, 0, 4, StandardCharsets.US_ASCII));
    assertEquals(24_000, ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN).getInt(24));
    assertTrue(wav.length > 24_000, wav.length + " bytes");
    assertEquals(44 % 2, wav.length % 2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          The request is not a JSON object with text and voice | {
          The request is not a JSON object with text and voice | []
          text is empty; allowed: 1 to 20000 characters | {"voice": "piper-tiny"}
          text must be a string | {"text": 5}
          voice: Model not found: nobody | {"text": "a", "voice": "nobody"}
          """)
  void badRequestsAreRefused(String message, String json) throws Exception {
    assertRefused(400, message, speech(json));
  }

  private static void assertRefused(int status, String message, HttpResponse<byte[]> response) {
    String body = new String(response.body(), StandardCharsets.UTF_8);
    assertEquals(status, response.statusCode(), body);
    assertTrue(body.contains(message), body);
  }

  @Test
  void longTextsAreRefused() throws Exception {
    assertRefused(
        400,
        "text has 20001 characters; allowed: 1 to 20000",
        speech("{\"text\": \"" + "a".repeat(20_001) + "\"}"));
    assertRefused(
        400,
        "The request has more than 136384 bytes",
        speech("{\"text\": \"" + "a".repeat(200_000) + "\"}"));
  }

  @Test
  void tokenIsNeededAndThePageStays() throws Exception {
    HttpResponse<byte[]> refused =
        client.send(
            request().POST(BodyPublishers.ofString("{\"text\": \"a\"}")).build(),
            BodyHandlers.ofByteArray());
    assertRefused(401, "Missing header; expected authorization: Bearer <token>", refused);
    HttpResponse<byte[]> page = client.send(request().GET().build(), BodyHandlers.ofByteArray());
    assertRefused(200, "<html", page);
    HttpResponse<byte[]> put =
        client.send(
            request().PUT(BodyPublishers.ofString("{}")).build(), BodyHandlers.ofByteArray());
    assertRefused(405, "Wrong method; allowed: GET, HEAD, POST", put);
  }
}
