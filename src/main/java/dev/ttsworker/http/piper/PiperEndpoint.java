package dev.ttsworker.http.piper;

import com.sun.net.httpserver.HttpExchange;
import dev.ttsworker.codec.FileFormat;
import dev.ttsworker.codec.WavHeader;
import dev.ttsworker.config.ClientSettings;
import dev.ttsworker.engine.AudioFormat;
import dev.ttsworker.http.AudioResponseWriter;
import dev.ttsworker.http.BearerTokens;
import dev.ttsworker.http.ErrorWriter;
import dev.ttsworker.http.HttpError;
import dev.ttsworker.http.HttpSpeech;
import dev.ttsworker.http.Route;
import dev.ttsworker.session.Protocol;
import dev.ttsworker.session.StandaloneCall;
import dev.ttsworker.voices.Models;
import dev.ttsworker.voices.PiperNames;
import dev.ttsworker.voices.VoiceNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Endpoint of Piper's HTTP interface. Status and headers are sent with the first audio, so that
/// what fails before it has the status of an error.
public final class PiperEndpoint {
  private static final int HTTP_OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int LENGTH_UNKNOWN = 0;
  private static final AudioFormat FORMAT = FileFormat.WAV.samples();

  private final HttpSpeech speech;
  private final BearerTokens tokens;
  private final PiperNames names;
  private final int longestText;
  private final Duration maxLead;

  /// @param longestText characters of one text
  public PiperEndpoint(
      Models models,
      HttpSpeech speech,
      BearerTokens tokens,
      ClientSettings clients,
      int longestText) {
    this.speech = speech;
    this.tokens = tokens;
    this.names = new PiperNames(models, "voice", clients.foreignVoices());
    this.longestText = longestText;
    this.maxLead = clients.maxLead();
  }

  /// Its route, for the path `/`.
  public Route route() {
    return Route.post(this::handle, ErrorWriter.LINE)
        .with(Route.get(PiperEndpoint::notFound, ErrorWriter.LINE));
  }

  /// Where no page is.
  private static void notFound(HttpExchange exchange) {
    throw new HttpError(NOT_FOUND, "Not found");
  }

  private void handle(HttpExchange exchange) throws IOException {
    tokens.check(exchange);
    PiperRequest request;
    // Closed after reading: the timeout of the response starts then.
    try (InputStream body = exchange.getRequestBody()) {
      request = PiperRequest.read(body, longestText);
    }
    speech.speak(
        call(request.voice()), request.text(), new AudioResponseWriter(() -> open(exchange)));
  }

  private StandaloneCall call(String name) {
    VoiceNames.Meaning voice = names.resolve(name, "");
    Map<String, String> options = new HashMap<>();
    options.put("sample_rate", Integer.toString(FORMAT.sampleRateHz()));
    options.put("words", "off");
    voice.speaker().ifPresent(speaker -> options.put("speaker", speaker));
    return new StandaloneCall(
        Protocol.PIPER_HTTP, voice.modelId(), options, FORMAT.encoding(), Optional.of(maxLead));
  }

  private static OutputStream open(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", FileFormat.WAV.mediaType());
    exchange.sendResponseHeaders(HTTP_OK, LENGTH_UNKNOWN);
    OutputStream body = exchange.getResponseBody();
    body.write(WavHeader.ofStream(FORMAT));
    return body;
  }
}
