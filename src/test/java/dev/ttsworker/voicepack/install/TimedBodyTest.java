package dev.ttsworker.voicepack.install;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TimedBodyTest {
  @Test
  void deliversPiecesInOrderAndPassesOverEmptyOnes() throws IOException {
    try (TimedBody body = new TimedBody(Duration.ofSeconds(20))) {
      body.onNext(List.of(ByteBuffer.wrap(new byte[] {1, 2}), ByteBuffer.allocate(0)));
      body.onNext(List.of());
      body.onNext(List.of(ByteBuffer.wrap(new byte[] {-1})));
      body.onComplete();
      assertArrayEquals(new byte[] {1, 2, -1}, body.readAllBytes());
    }
  }

  @Test
  void silenceAndLostConnectionsAreErrors() {
    try (TimedBody silent = new TimedBody(Duration.ofMillis(1));
        TimedBody lost = new TimedBody(Duration.ofSeconds(20))) {
      assertThrows(HttpTimeoutException.class, silent::read);
      lost.onError(new IOException("reset"));
      assertThrows(IOException.class, lost::read);
    }
  }
}
