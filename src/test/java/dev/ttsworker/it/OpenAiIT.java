package dev.ttsworker.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.fixture.TestWorker;
import dev.ttsworker.health.Readiness;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// OpenAI's speech endpoint of a real worker, which needs tokens.
final class OpenAiIT {
  private static final String TOKEN = "a-token-of-this-test";
  private static final JsonMapper JSON = new JsonMapper();

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

  private static HttpRequest.Builder request(String path) {
    URI at = URI.create("http://127.0.0.1:" + worker.worker.httpPort().orElseThrow() + path);
    return HttpRequest.newBuilder(at).header("Authorization", "Bearer " + TOKEN);
  }

  private static HttpResponse<byte[]> speech(String json) throws Exception {
    return client.send(
        request("/v1/audio/speech").POST(BodyPublishers.ofString(json)).build(),
        BodyHandlers.ofByteArray());
  }

  private static HttpResponse<byte[]> speech(String format, String more) throws Exception {
    return speech(
        "{\"input\": \"Good morning.\", \"model\": \"tts-1\", \"voice\": \"alloy\","
            + " \"response_format\": \"%s\"%s}".formatted(format, more));
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  @Test
  void everyFormatComesAsItsType() throws Exception {
    HttpResponse<byte[]> pcm = speech("pcm", "");
    assertEquals(200, pcm.statusCode());
    assertEquals("audio/pcm", header(pcm, "content-type"));
    assertEquals("chunked", header(pcm, "transfer-encoding"));
    assertTrue(header(pcm, "x-request-id").startsWith("req_"));
    assertTrue(pcm.body().length > 24_000, pcm.body().length + " bytes");
    HttpResponse<byte[]> wav = speech("wav", "");
    assertEquals("audio/wav", header(wav, "content-type"));
    assertEquals(24_000, (wav.body()[24] & 0xFF) | ((wav.body()[25] & 0xFF) << 8));
    HttpResponse<byte[]> opus = speech("opus", "");
    assertEquals("audio/ogg", header(opus, "content-type"));
    assertEquals("OggS", text(opus.body(), 0, 4));
    HttpResponse<byte[]> mp3 = speech("mp3", "");
    assertEquals("audio/mpeg", header(mp3, "content-type"));
    assertEquals(0xFF, mp3.body()[0] & 0xFF);
    // The usual one.
    HttpResponse<byte[]> unnamed = speech("{\"input\": \"Good morning.\"}");
    assertEquals("audio/mpeg", header(unnamed, "content-type"));
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(Arrays.copyOfRange(bytes, from, to), StandardCharsets.US_ASCII);
  }

  @Test
  void eventsCarryTheSameAudio() throws Exception {
    String seeded = "{\"input\": \"x y\", \"voice\": \"mock-440hz\", \"response_format\": \"pcm\"";
    byte[] plain = speech(seeded + "}").body();
    HttpResponse<byte[]> events = speech(seeded + ", \"stream_format\": \"sse\"}");
    assertEquals("text/event-stream", header(events, "content-type"));
    List<String> lines =
        new String(events.body(), StandardCharsets.UTF_8)
            .lines()
            .filter(l -> !l.isEmpty())
            .toList();
    byte[] audio = new byte[0];
    for (String line : lines.subList(0, lines.size() - 1)) {
      JsonNode event = JSON.readTree(line.substring("data: ".length()));
      assertEquals("speech.audio.delta", event.get("type").stringValue());
      byte[] part = Base64.getDecoder().decode(event.get("audio").stringValue());
      audio = Arrays.copyOf(audio, audio.length + part.length);
      System.arraycopy(part, 0, audio, audio.length - part.length, part.length);
    }
    assertEquals(plain.length, audio.length);
    assertTrue(Arrays.equals(plain, audio));
    JsonNode done = JSON.readTree(lines.getLast().substring("data: ".length()));
    assertEquals("speech.audio.done", done.get("type").stringValue());
    assertEquals(3, done.get("usage").get("input_tokens").intValue());
  }

  @Test
  void voicesAndModelsSpeak() throws Exception {
    for (String voice :
        List.of(
            "\"ash\"",
            "{\"id\": \"verse\"}",
            "\"piper-tiny\"",
            "\"Piper-Tiny-Speakers.1\"",
            "null")) {
      assertEquals(
          200, speech("{\"input\": \"Hello.\", \"voice\": " + voice + "}").statusCode(), voice);
    }
    for (String model :
        List.of("tts-1-hd", "gpt-4o-mini-tts", "mock-440hz", "", "gpt-4o-mini-tts-2025-03-20")) {
      assertEquals(
          200,
          speech(
                  "{\"input\": \"Hello.\", \"voice\": \"alloy\", \"stream\": true, \"model\": \"%s\"}"
                      .formatted(model))
              .statusCode(),
          model);
    }
    byte[] tone =
        speech(
                "{\"input\": \"x\", \"voice\": \"alloy\", \"model\": \"mock-440hz\","
                    + " \"response_format\": \"pcm\"}")
            .body();
    assertEquals(24_000, tone.length, "half a second of the tone");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          400 |                   | malformed_request | The request is not a JSON object | {
          400 |                   | malformed_request | The request is not a JSON object | [1]
          400 | input             | invalid_value | input is empty; allowed: 1 to 20000 characters | {}
          400 | input             | invalid_value | input is empty | {"input": " "}
          400 | input             | invalid_value | input must be a string | {"input": 5}
          400 | voice             | invalid_value | voice: Model not found: nobody | {"input": "a", "voice": "nobody"}
          400 | voice             | invalid_value | voice must be a string | {"input": "a", "voice": 7}
          404 | model             | model_not_found | model: Model not found: gpt-9 | {"input": "a", "model": "gpt-9"}
          400 | response_format   | invalid_value | response_format is flac; allowed: pcm, wav, opus, mp3 | {"input": "a", "response_format": "flac"}
          400 | speed             | invalid_value | speed is 4.5; allowed: 0.5 to 2.0 | {"input": "a", "speed": 4.5}
          400 | speed             | invalid_value | speed is "fast"; allowed | {"input": "a", "speed": "fast"}
          400 | stream_format     | invalid_value | stream_format is x; allowed: audio, sse | {"input": "a", "stream_format": "x"}
          """)
  void badRequestsAreRefusedByMember(
      int status, String param, String code, String message, String body) throws Exception {
    refused(status, param, code, message, speech(body));
  }

  private static void refused(
      int status, String param, String code, String message, HttpResponse<byte[]> response)
      throws Exception {
    String body = new String(response.body(), StandardCharsets.UTF_8);
    assertEquals(status, response.statusCode(), body);
    assertEquals("application/json", header(response, "content-type"));
    JsonNode error = JSON.readTree(body).get("error");
    assertTrue(error.get("message").stringValue().contains(message), body);
    assertEquals("invalid_request_error", error.get("type").stringValue());
    assertEquals(param == null ? "" : param, error.get("param").asString(""));
    assertEquals(code == null ? "" : code, error.get("code").asString(""));
  }

  @Test
  void longTextsAreRefused() throws Exception {
    refused(
        400,
        "input",
        "string_above_max_length",
        "input has 100000 characters; allowed: 1 to 20000",
        speech("{\"input\": \"" + "a".repeat(100_000) + "\"}"));
    assertEquals(413, speech("{\"input\": \"" + "a".repeat(600_000) + "\"}").statusCode());
    assertEquals(200, speech("pcm", "").statusCode(), "the next one is served");
  }

  @Test
  void listsNameModelsAndVoices() throws Exception {
    JsonNode models = get("/v1/models");
    assertEquals("list", models.get("object").stringValue());
    assertEquals("model", models.get("data").get(0).get("object").stringValue());
    assertTrue(models.toString().contains("\"piper-tiny\""), models.toString());
    assertEquals("piper-tiny", get("/v1/models/Piper-Tiny").get("id").stringValue());
    assertEquals("tts-1", get("/v1/models/tts-1").get("id").stringValue());
    assertFalse(get("/v1/audio/voices").get("voices").get(0).get("name").stringValue().isEmpty());
    assertFalse(get("/v1/audio/models").get("models").get(0).get("id").stringValue().isEmpty());
    HttpResponse<byte[]> none =
        client.send(request("/v1/models/none").build(), BodyHandlers.ofByteArray());
    refused(404, "model", "model_not_found", "Model not found: none", none);
    HttpResponse<byte[]> nowhere =
        client.send(request("/v1/chat/completions").build(), BodyHandlers.ofByteArray());
    refused(404, null, null, "Not found", nowhere);
    HttpResponse<byte[]> wrong =
        client.send(request("/v1/audio/speech").build(), BodyHandlers.ofByteArray());
    refused(405, null, null, "Wrong method; allowed: POST", wrong);
  }

  private static JsonNode get(String path) throws Exception {
    HttpResponse<String> response = client.send(request(path).build(), BodyHandlers.ofString());
    assertEquals(200, response.statusCode(), response.body());
    return JSON.readTree(response.body());
  }

  @Test
  void tokenIsNeeded() throws Exception {
    for (Map.Entry<String, String> header :
        Map.of("Accept", "*/*", "Authorization", "Bearer wrong-token-of-someone").entrySet()) {
      URI at =
          URI.create(
              "http://127.0.0.1:" + worker.worker.httpPort().orElseThrow() + "/v1/audio/speech");
      HttpResponse<byte[]> response =
          client.send(
              HttpRequest.newBuilder(at)
                  .header(header.getKey(), header.getValue())
                  .POST(BodyPublishers.ofString("{\"input\": \"a\"}"))
                  .build(),
              BodyHandlers.ofByteArray());
      refused(401, null, "unauthenticated", "authorization", response);
      assertEquals("Bearer", header(response, "www-authenticate"));
    }
  }
}
