package dev.ttsworker.bench.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// A server with OpenAI's speech endpoint. A conversation needs nothing of it.
final class OpenAiTarget implements SpeechTarget {
  private static final JsonMapper JSON = new JsonMapper();

  private final URI speech;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /// @param address `host:port`
  OpenAiTarget(String address) {
    this.speech = URI.create("http://" + address + "/v1/audio/speech");
  }

  @Override
  public SpeechStream open() {
    return new SpeechStream() {
      @Override
      public SpeechCall speak(String text, SpeechListener listener) {
        return OpenAiCall.start(client, request(text), listener);
      }

      @Override
      public void close() {}
    };
  }

  private HttpRequest request(String text) {
    Map<String, String> body =
        Map.of("model", "tts-1", "voice", "alloy", "response_format", "pcm", "input", text);
    return HttpRequest.newBuilder(speech)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
        .build();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
