package dev.ttsworker.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.Semaphore;

/// Handler of `/speak`: streams the audio of a text, 48 kHz, mono, 16-bit little endian.
final class SpeakHandler implements HttpHandler {
  private static final int HTTP_OK = 200;
  private static final int TOO_MANY = 429;
  private static final int LENGTH_UNKNOWN = 0;

  /// A higher concurrency is a load test, for which there is `tts-worker bench`.
  private static final int MAX_CONCURRENT = 4;

  private final SameOriginGuard site;
  private final int longestText;
  private final Speaker speaker;
  private final Semaphore free = new Semaphore(MAX_CONCURRENT);

  /// @param longestText characters
  SpeakHandler(SameOriginGuard site, int longestText, Speaker speaker) {
    this.site = site;
    this.longestText = longestText;
    this.speaker = speaker;
  }

  /// Synthesizes as [PageSynthesis#speak].
  interface Speaker {
    void speak(SpeakRequest request, AudioResponseWriter spoken) throws IOException;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    site.checkOrigin(exchange.getRequestHeaders());
    SpeakRequest request;
    // Closed after reading: the timeout of the response starts then.
    try (InputStream body = exchange.getRequestBody()) {
      request = SpeakRequest.read(body, longestText);
    }
    if (!free.tryAcquire()) {
      throw new HttpError(
          TOO_MANY, "The page speaks " + MAX_CONCURRENT + " texts already; try again");
    }
    try {
      speaker.speak(request, new AudioResponseWriter(() -> open(exchange)));
    } finally {
      free.release();
    }
  }

  private static OutputStream open(HttpExchange exchange) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "application/octet-stream");
    headers.set("X-Sample-Rate", "48000");
    exchange.sendResponseHeaders(HTTP_OK, LENGTH_UNKNOWN);
    return exchange.getResponseBody();
  }
}
