package dev.ttsworker.codec;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Ogg pages of one logical stream, each with one whole packet. Source: RFC 3533, section 6.
final class OggPages {
  private static final int HEADER_BYTES = 27;
  private static final int CHECKSUM_AT = 22;
  private static final int SEGMENT_BYTES = 255;
  private static final int FIRST = 2;
  private static final int LAST = 4;
  private static final int POLYNOMIAL = 0x04C11DB7;
  private static final int[] TABLE = table();

  private final int serial;
  private int sequence;

  /// @param serial number of the stream
  OggPages(int serial) {
    this.serial = serial;
  }

  /// The next page.
  ///
  /// @param granule samples up to its end
  /// @param last whether it ends the stream
  /// @param packet less than 64 KiB
  byte[] page(long granule, boolean last, byte[] packet) {
    int segments = packet.length / SEGMENT_BYTES + 1;
    ByteBuffer page =
        ByteBuffer.allocate(HEADER_BYTES + segments + packet.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put("OggS".getBytes(StandardCharsets.US_ASCII))
            .put((byte) 0)
            .put((byte) ((sequence == 0 ? FIRST : 0) | (last ? LAST : 0)))
            .putLong(granule)
            .putInt(serial)
            .putInt(sequence)
            .putInt(0)
            .put((byte) segments);
    for (int i = 1; i < segments; i++) {
      page.put((byte) SEGMENT_BYTES);
    }
    page.put((byte) (packet.length % SEGMENT_BYTES)).put(packet);
    page.putInt(CHECKSUM_AT, checksum(page.array()));
    sequence++;
    return page.array();
  }

  private static int checksum(byte[] page) {
    int sum = 0;
    for (byte value : page) {
      sum = (sum << 8) ^ TABLE[((sum >>> 24) ^ value) & 0xFF];
    }
    return sum;
  }

  private static int[] table() {
    int[] table = new int[256];
    for (int i = 0; i < table.length; i++) {
      int value = i << 24;
      for (int bit = 0; bit < 8; bit++) {
        value = (value << 1) ^ (value < 0 ? POLYNOMIAL : 0);
      }
      table[i] = value;
    }
    return table;
  }

  /// Puts pages together.
  static byte[] join(byte[]... pages) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] page : pages) {
      joined.writeBytes(page);
    }
    return joined.toByteArray();
  }
}
