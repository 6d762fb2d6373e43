package dev.ttsworker.bench.client;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One request of speech; its body is PCM of 24 kHz.
final class OpenAiCall implements SpeechCall {
  private static final int RATE_HZ = 24_000;
  private static final int HTTP_OK = 200;
  private static final int TOO_MANY = 429;

  private final SpeechListener listener;
  private final CompletableFuture<HttpResponse<Boolean>> response;
  private byte[] half = new byte[0];

  private OpenAiCall(HttpClient client, HttpRequest request, SpeechListener listener) {
    this.listener = listener;
    this.response = client.sendAsync(request, this::body);
    var _ = response.whenComplete(this::ended);
  }

  /// Sends a request.
  static OpenAiCall start(HttpClient client, HttpRequest request, SpeechListener listener) {
    return new OpenAiCall(client, request, listener);
  }

  private BodySubscriber<Boolean> body(HttpResponse.ResponseInfo info) {
    return info.statusCode() == HTTP_OK
        ? BodySubscribers.mapping(BodySubscribers.ofByteArrayConsumer(this::hear), _ -> true)
        : BodySubscribers.replacing(false);
  }

  /// A piece may end within a sample.
  private void hear(Optional<byte[]> piece) {
    if (piece.isEmpty()) {
      return;
    }
    byte[] all = Arrays.copyOf(half, half.length + piece.get().length);
    System.arraycopy(piece.get(), 0, all, half.length, piece.get().length);
    int whole = all.length / 2 * 2;
    half = Arrays.copyOfRange(all, whole, all.length);
    if (whole > 0) {
      listener.audio(Arrays.copyOf(all, whole), RATE_HZ);
    }
  }

  private void ended(@Nullable HttpResponse<Boolean> answer, @Nullable Throwable failure) {
    if (answer == null) {
      listener.failed(String.valueOf(failure));
    } else if (answer.statusCode() == HTTP_OK) {
      listener.ended();
    } else if (answer.statusCode() == TOO_MANY) {
      long millis = answer.headers().firstValueAsLong("retry-after-ms").orElse(0);
      listener.refused("HTTP 429", Duration.ofMillis(millis));
    } else {
      listener.failed("HTTP " + answer.statusCode());
    }
  }

  @Override
  public void cancel() {
    boolean _ = response.cancel(true);
  }
}
