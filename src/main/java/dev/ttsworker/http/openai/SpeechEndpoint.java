package dev.ttsworker.http.openai;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.ttsworker.engine.AudioEncoding;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.http.AudioResponseWriter;
import dev.ttsworker.http.HttpSpeech;
import dev.ttsworker.session.Protocol;
import dev.ttsworker.session.StandaloneCall;
import dev.ttsworker.voices.VoiceNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Handler of `/v1/audio/speech`. Status and headers are sent with the first audio, so that what
/// fails before it is a proper error.
final class SpeechEndpoint implements HttpHandler {
  private static final int HTTP_OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int LENGTH_UNKNOWN = 0;

  private final HttpSpeech speech;
  private final VoiceNames voices;
  private final VoiceNames models;
  private final int longestText;
  private final Duration maxLead;

  /// @param longestText characters
  SpeechEndpoint(
      HttpSpeech speech, VoiceNames voices, VoiceNames models, int longestText, Duration maxLead) {
    this.speech = speech;
    this.voices = voices;
    this.models = models;
    this.longestText = longestText;
    this.maxLead = maxLead;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    SpeechRequest request;
    // Closed after reading: the timeout of the response starts then.
    try (InputStream body = exchange.getRequestBody()) {
      request = SpeechRequest.read(body, longestText);
    }
    speech.speak(
        call(request), request.input(), new AudioResponseWriter(() -> open(exchange, request)));
  }

  private StandaloneCall call(SpeechRequest request) {
    VoiceNames.Meaning meaning = meaning(request);
    Map<String, String> options = new HashMap<>();
    options.put("speed", Double.toString(request.speed()));
    options.put("sample_rate", Integer.toString(request.format().samples().sampleRateHz()));
    options.put("words", "off");
    meaning.speaker().ifPresent(speaker -> options.put("speaker", speaker));
    return new StandaloneCall(
        Protocol.OPENAI, meaning.modelId(), options, AudioEncoding.PCM_S16LE, Optional.of(maxLead));
  }

  /// The voice decides where it is one of this worker; else the model does.
  private VoiceNames.Meaning meaning(SpeechRequest request) {
    VoiceNames.Meaning model =
        named(models, request.model(), "model", NOT_FOUND, "model_not_found");
    VoiceNames.Meaning voice = named(voices, request.voice(), "voice", 400, "invalid_value");
    return voice.modelId().isEmpty() ? model : voice;
  }

  private static VoiceNames.Meaning named(
      VoiceNames names, String name, String param, int status, String code) {
    try {
      return names.resolve(name, "");
    } catch (WorkerException e) {
      if (e.code() != ErrorCode.INVALID_FIELD) {
        throw e;
      }
      throw new OpenAiError(status, e.getMessage(), param, code);
    }
  }

  private static OutputStream open(HttpExchange exchange, SpeechRequest request)
      throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set(
        "Content-Type", request.events() ? "text/event-stream" : request.format().mediaType());
    exchange.sendResponseHeaders(HTTP_OK, LENGTH_UNKNOWN);
    OutputStream body = exchange.getResponseBody();
    int tokens = request.input().codePointCount(0, request.input().length());
    return new AudioBody(
        request.events() ? new EventStream(body, tokens) : body, request.format().encoder());
  }
}
