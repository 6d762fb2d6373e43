package dev.ttsworker.http.openai;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.ttsworker.config.ClientSettings;
import dev.ttsworker.http.BearerTokens;
import dev.ttsworker.http.HttpError;
import dev.ttsworker.http.HttpSpeech;
import dev.ttsworker.http.Responses;
import dev.ttsworker.http.Route;
import dev.ttsworker.voicepack.ModelIds;
import dev.ttsworker.voices.ModelStatus;
import dev.ttsworker.voices.Models;
import dev.ttsworker.voices.VoiceNames;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Routes of OpenAI's interface: speech, and lists of models and voices.
public final class OpenAiRoutes {
  private static final int HTTP_OK = 200;
  private static final int NOT_FOUND = 404;
  private static final String MODELS = "/v1/models/";
  private static final Pattern VOICES =
      Pattern.compile("alloy|ash|ballad|cedar|coral|echo|fable|marin|nova|onyx|sage|shimmer|verse");
  private static final Pattern TTS_MODELS =
      Pattern.compile("tts-1(-hd)?(-[0-9]+)?|gpt-4o-mini-tts(-[0-9-]+)?");

  private final ErrorBody errors = new ErrorBody();
  private final Models models;
  private final BearerTokens tokens;
  private final SpeechEndpoint endpoint;
  private final long startedSeconds = Instant.now().getEpochSecond();

  /// @param longestText characters of one text
  public OpenAiRoutes(
      Models models,
      HttpSpeech speech,
      BearerTokens tokens,
      ClientSettings clients,
      int longestText) {
    this.models = models;
    this.tokens = tokens;
    Optional<Pattern> voices = Optional.of(VOICES).filter(_ -> clients.foreignVoices());
    this.endpoint =
        new SpeechEndpoint(
            speech,
            new VoiceNames(models, "voice", voices),
            new VoiceNames(models, "model", Optional.of(TTS_MODELS)),
            longestText,
            clients.maxLead());
  }

  /// The routes by path.
  public Map<String, Route> routes() {
    return Map.of(
        "/v1/audio/speech",
        Route.post(guarded(endpoint), errors),
        "/v1/audio/voices",
        get(_ -> Map.of("voices", ids().map(id -> Map.of("id", id, "name", id)).toList())),
        "/v1/audio/models",
        get(_ -> Map.of("models", ids().map(id -> Map.of("id", id)).toList())),
        "/v1/models",
        get(_ -> Map.of("object", "list", "data", ids().map(this::model).toList())),
        MODELS + "*",
        get(exchange -> model(exchange.getRequestURI().getPath())),
        "/v1/*",
        Route.get(guarded(OpenAiRoutes::notFound), errors));
  }

  private interface Answer {
    Object of(HttpExchange exchange);
  }

  private Route get(Answer answer) {
    return Route.get(
        guarded(exchange -> Responses.json(exchange, HTTP_OK, answer.of(exchange))), errors);
  }

  private static void notFound(HttpExchange exchange) {
    throw new HttpError(NOT_FOUND, "Not found");
  }

  /// Names the request, and checks its token.
  private HttpHandler guarded(HttpHandler handler) {
    return exchange -> {
      exchange.getResponseHeaders().set("x-request-id", "req_" + UUID.randomUUID());
      try {
        tokens.check(exchange);
        handler.handle(exchange);
      } catch (OpenAiError e) {
        errors.write(exchange, e);
      }
    };
  }

  private Stream<String> ids() {
    return models.list().stream().map(ModelStatus::voicepack).map(pack -> pack.modelId());
  }

  private Map<String, Object> model(String pathOrId) {
    String id =
        pathOrId.startsWith(MODELS)
            ? ModelIds.normalise(pathOrId.substring(MODELS.length()))
            : pathOrId;
    if (ids().noneMatch(id::equals) && !TTS_MODELS.matcher(id).matches()) {
      throw new OpenAiError(
          NOT_FOUND, ModelIds.notFound(id, ids().toList()), "model", "model_not_found");
    }
    return Map.of("id", id, "object", "model", "created", startedSeconds, "owned_by", "tts-worker");
  }
}
