package dev.ttsworker.grpc.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.grpc.limits.MessageScanner.Fault;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Message boundaries in pieces of any size.
final class MessageScannerTest {
  private static final int MAX_TOKEN_CHARS = 1_000;

  private final MessageScanner bounds = new MessageScanner(false, MAX_TOKEN_CHARS);
  private final List<Integer> rests = new ArrayList<>();

  @Test
  void messageEndsAreFoundInAnyPieces() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      ByteArrayOutputStream wire = new ByteArrayOutputStream();
      List<Integer> expected = new ArrayList<>();
      for (int i = random.nextInt(8); i >= 0; i--) {
        wire.writeBytes(
            message(0, random.nextInt(5) == 0 ? 0 : random.nextInt(MAX_TOKEN_CHARS + 1)));
        expected.add(wire.size());
      }
      assertEquals(expected, ends(wire.toByteArray(), random), "seed " + seed);
    }
  }

  /// The offsets at which messages ended when the bytes arrive in random pieces.
  private static List<Integer> ends(byte[] wire, Random random) {
    MessageScanner each = new MessageScanner(false, MAX_TOKEN_CHARS);
    List<Integer> ends = new ArrayList<>();
    int at = 0;
    while (at < wire.length) {
      int to = Math.min(wire.length, at + 1 + random.nextInt(random.nextBoolean() ? 3 : 700));
      ByteBuf piece = Unpooled.wrappedBuffer(wire, at, to - at);
      assertEquals(Fault.NONE, each.read(piece, rest -> ends.add(to - rest)));
      assertEquals(to - at, piece.readableBytes(), "nothing is taken");
      at = to;
    }
    assertFalse(each.isIncomplete());
    return ends;
  }

  @Test
  void messageIsIncompleteFromItsFirstByteToItsLast() {
    byte[] message = message(0, 3);
    assertFalse(bounds.isIncomplete());
    for (int i = 0; i < message.length; i++) {
      assertEquals(Fault.NONE, read(message[i]));
      assertEquals(i < message.length - 1, bounds.isIncomplete(), "byte " + i);
    }
    assertEquals(List.of(0), rests);
  }

  @Test
  void tooLargeMessageIsAFaultAtItsPrefix() {
    assertEquals(Fault.NONE, read(message(0, MAX_TOKEN_CHARS)));
    assertEquals(Fault.TOO_LARGE, read((byte) 0, (byte) 0, (byte) 0, (byte) 3, (byte) 0xe9));
    assertEquals(MAX_TOKEN_CHARS + 1, bounds.bytes());
  }

  @Test
  void lengthsPastTwoGibibytesAreTooLargeToo() {
    assertEquals(Fault.TOO_LARGE, read((byte) 0, (byte) -1, (byte) -1, (byte) -1, (byte) -1));
    assertEquals(0xffff_ffffL, bounds.bytes());
  }

  @Test
  void unknownFlagsAreAFault() {
    assertEquals(Fault.MALFORMED, read((byte) 2));
  }

  @Test
  void onlyCallsWithAnEncodingMayCompress() {
    assertEquals(Fault.MALFORMED, read(message(1, 5)));
    MessageScanner compressed = new MessageScanner(true, MAX_TOKEN_CHARS);
    List<Integer> ends = new ArrayList<>();
    assertEquals(
        Fault.NONE, compressed.read(Unpooled.wrappedBuffer(message(1, 5)), rest -> ends.add(rest)));
    assertTrue(ends.contains(0));
  }

  private Fault read(byte... bytes) {
    return bounds.read(Unpooled.wrappedBuffer(bytes), rests::add);
  }

  private static byte[] message(int flags, int length) {
    byte[] message = new byte[5 + length];
    message[0] = (byte) flags;
    message[3] = (byte) (length >> 8);
    message[4] = (byte) length;
    return message;
  }
}
