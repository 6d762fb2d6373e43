package dev.ttsworker.grpc.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// How many window updates sent data justifies.
final class WindowUpdateCreditTest {
  private final WindowUpdateCredit sent = new WindowUpdateCredit();
  private final EmbeddedChannel channel = new EmbeddedChannel(sent);

  @AfterEach
  void close() {
    var _ = channel.finishAndReleaseAll();
  }

  @Test
  void noDataSentMeansNoCredit() {
    assertEquals(0, updates());
  }

  @Test
  void eachPieceAddsTwoAndOneForEverySixteenBytes() {
    send(0);
    assertEquals(2, updates());
    send(15);
    send(33);
    assertEquals(2 + 2 + 2, updates());
    assertEquals(0, updates());
  }

  @Test
  void otherMessagesAddNone() {
    var _ = channel.writeOutbound("not bytes");
    assertEquals(0, updates());
  }

  @Test
  void creditIsBounded() {
    for (int i = 0; i < 20; i++) {
      send(1 << 20);
    }
    assertEquals(1_000_000, updates());
  }

  private void send(int bytes) {
    var _ = channel.writeOutbound(Unpooled.wrappedBuffer(new byte[bytes]));
    var _ = channel.releaseOutbound();
  }

  private int updates() {
    int count = 0;
    while (sent.consume()) {
      count++;
    }
    return count;
  }
}
