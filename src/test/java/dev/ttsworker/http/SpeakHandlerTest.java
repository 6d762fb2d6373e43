package dev.ttsworker.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ttsworker.session.CallEnd;
import dev.ttsworker.session.Ending;
import dev.ttsworker.session.Receipt;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `/speak` over real connections, with a synthesis that waits.
final class SpeakHandlerTest {
  private static final Ending SPOKEN = new Ending(CallEnd.SPOKEN, new Receipt(960, "", 0, 0));

  private static final byte[] FRAME = {1, 2, 3, 4};

  private final Semaphore speaking = new Semaphore(0);
  private final Semaphore goOn = new Semaphore(0);
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpPort server;

  @BeforeEach
  void listen() {
    SpeakHandler handler = new SpeakHandler(new SameOriginGuard(Set.of()), 10, this::speak);
    server = TestPort.open(Map.of("/speak", Route.post(handler)));
  }

  private void speak(SpeakRequest request, AudioResponseWriter spoken) throws IOException {
    speaking.release();
    goOn.acquireUninterruptibly();
    if (request.text().equals("bug")) {
      throw new IllegalStateException("bug");
    }
    spoken.send(FRAME, List.of(), 1, Optional.of(SPOKEN));
    spoken.complete();
    spoken.write(() -> {});
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void onlyFourTextsAreSpokenConcurrently() {
    List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      answers.add(post("Hello"));
    }
    speaking.acquireUninterruptibly(4);
    HttpResponse<byte[]> refused = post("Hello").join();
    assertEquals(429, refused.statusCode());
    assertEquals(
        "The page speaks 4 texts already; try again\n",
        new String(refused.body(), StandardCharsets.UTF_8));
    goOn.release(5);
    answers.forEach(answer -> assertArrayEquals(FRAME, answer.join().body()));
    assertArrayEquals(FRAME, post("Hello").join().body());
  }

  @Test
  void failedTextsReleaseTheirPermit() {
    goOn.release(6);
    for (int i = 0; i < 5; i++) {
      assertEquals(500, post("bug").join().statusCode());
    }
    assertArrayEquals(FRAME, post("Hello").join().body());
  }

  private CompletableFuture<HttpResponse<byte[]>> post(String text) {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + "/speak");
    return client.sendAsync(
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"text\": \"" + text + "\"}"))
            .build(),
        BodyHandlers.ofByteArray());
  }
}
