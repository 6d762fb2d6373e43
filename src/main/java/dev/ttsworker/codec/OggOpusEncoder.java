package dev.ttsworker.codec;

import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/// Opus in Ogg: packets of 20 ms at 48 kHz, a page each, so that each can be heard as it comes.
/// Source: RFC 7845.
final class OggOpusEncoder implements StreamEncoder {
  private static final int RATE_HZ = 48_000;
  private static final int PACKET_SAMPLES = RATE_HZ / 50;
  private static final int PACKET_BYTES = PACKET_SAMPLES * 2;
  private static final int LARGEST_PACKET = 1_275;
  private static final int BITS_PER_SECOND = 48_000;

  /// Samples that a decoder drops at the begin: what the encoder looks ahead.
  private static final int PRE_SKIP = 312;

  private final OggPages pages = new OggPages(ThreadLocalRandom.current().nextInt());
  private final OpusEncoder encoder;
  private byte[] held = new byte[PACKET_BYTES];
  private int heldBytes;
  private long encoded;
  private long samples;
  private byte[] waiting;

  OggOpusEncoder() {
    try {
      encoder = new OpusEncoder(RATE_HZ, 1, OpusApplication.OPUS_APPLICATION_AUDIO);
    } catch (OpusException e) {
      throw new IllegalStateException("48 kHz mono is refused", e);
    }
    encoder.setBitrate(BITS_PER_SECOND);
    waiting = OggPages.join(pages.page(0, false, head()), pages.page(0, false, tags()));
  }

  private static byte[] head() {
    return ByteBuffer.allocate(19)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("OpusHead".getBytes(StandardCharsets.US_ASCII))
        .put((byte) 1)
        .put((byte) 1)
        .putShort((short) PRE_SKIP)
        .putInt(RATE_HZ)
        .putShort((short) 0)
        .put((byte) 0)
        .array();
  }

  private static byte[] tags() {
    byte[] vendor = "tts-worker".getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(16 + vendor.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("OpusTags".getBytes(StandardCharsets.US_ASCII))
        .putInt(vendor.length)
        .put(vendor)
        .putInt(0)
        .array();
  }

  @Override
  public byte[] encode(byte[] pcm) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(takeWaiting());
    samples += pcm.length / 2;
    for (int from = 0; from < pcm.length; ) {
      int count = Math.min(pcm.length - from, PACKET_BYTES - heldBytes);
      System.arraycopy(pcm, from, held, heldBytes, count);
      heldBytes += count;
      from += count;
      if (heldBytes == PACKET_BYTES) {
        out.writeBytes(pages.page(encoded + PACKET_SAMPLES, false, packet()));
        encoded += PACKET_SAMPLES;
      }
    }
    return out.toByteArray();
  }

  private byte[] takeWaiting() {
    byte[] taken = waiting;
    waiting = new byte[0];
    return taken;
  }

  private byte[] packet() {
    byte[] packet = new byte[LARGEST_PACKET];
    try {
      int length = encoder.encode(held, 0, PACKET_SAMPLES, packet, 0, packet.length);
      heldBytes = 0;
      return Arrays.copyOf(packet, length);
    } catch (OpusException e) {
      throw new IllegalStateException("A packet of 20 ms cannot be encoded", e);
    }
  }

  /// Silence until the look-ahead is out; the last page says where the samples end.
  @Override
  public byte[] finish() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(takeWaiting());
    long end = samples + PRE_SKIP;
    while (encoded < end) {
      Arrays.fill(held, heldBytes, PACKET_BYTES, (byte) 0);
      encoded += PACKET_SAMPLES;
      out.writeBytes(pages.page(Math.min(encoded, end), encoded >= end, packet()));
    }
    return out.toByteArray();
  }
}
