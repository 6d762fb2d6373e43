package dev.ttsworker.grpc.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Where HTTP/2 frames begin and end.
final class FrameScannerTest {
  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int PING = 6;
  private static final int CONTINUATION = 9;
  private static final int END_HEADERS = 4;

  private final FrameScanner bounds = new FrameScanner();

  @BeforeEach
  void sendPreface() {
    read(PREFACE);
    assertEquals(0, bounds.unfinished());
  }

  @Test
  void completeFramesLeaveNothing() {
    read(frame(DATA, 0, 100), frame(PING, 0, 8), frame(HEADERS, END_HEADERS, 70_000));
    assertEquals(0, bounds.unfinished());
    read(frame(DATA, 1, 0));
    assertEquals(0, bounds.unfinished());
  }

  @Test
  void halfAFrameCounts() {
    byte[] frame = frame(DATA, 0, 100);
    for (int i = 0; i < frame.length; i++) {
      read(new byte[] {frame[i]});
      assertEquals(i < frame.length - 1 ? i + 1 : 0, bounds.unfinished(), "byte " + i);
    }
  }

  @Test
  void headersCountUntilTheirLastFrame() {
    read(frame(HEADERS, 0, 10), frame(CONTINUATION, 0, 20));
    assertEquals(9 + 10 + 9 + 20, bounds.unfinished());
    read(frame(CONTINUATION, END_HEADERS, 30));
    assertEquals(0, bounds.unfinished());
  }

  @Test
  void incompletePrefaceCounts() {
    FrameScanner fresh = new FrameScanner();
    fresh.read(Unpooled.wrappedBuffer(PREFACE, 0, 10));
    assertEquals(10, fresh.unfinished());
  }

  @Test
  void piecesDoNotMatter() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    for (int i = 0; i < 200; i++) {
      wire.writeBytes(frame(random.nextInt(2) * PING, random.nextInt(256), random.nextInt(300)));
    }
    byte[] all = wire.toByteArray();
    int at = 0;
    while (at < all.length) {
      int length = Math.min(all.length - at, 1 + random.nextInt(400));
      bounds.read(Unpooled.wrappedBuffer(all, at, length));
      at += length;
    }
    assertEquals(0, bounds.unfinished(), "seed " + seed);
  }

  private void read(byte[]... pieces) {
    for (byte[] piece : pieces) {
      bounds.read(Unpooled.wrappedBuffer(piece));
    }
  }

  private static byte[] frame(int type, int flags, int length) {
    byte[] frame = new byte[9 + length];
    frame[0] = (byte) (length >> 16);
    frame[1] = (byte) (length >> 8);
    frame[2] = (byte) length;
    frame[3] = (byte) type;
    frame[4] = (byte) flags;
    return frame;
  }
}
