package dev.ttsworker.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.IntFunction;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/// The checksums are those of the codes that the ITU's own software tools (G.191) and, for A-law,
/// Python's audioop give for all samples of 16 bits.
final class G711Test {
  @Test
  void codesAreThoseOfTheRecommendation() {
    assertEquals(0x6399d432L, checksum(G711::mulaw));
    assertEquals(0x9133796eL, checksum(G711::alaw));
  }

  private static long checksum(IntFunction<Byte> code) {
    CRC32 sum = new CRC32();
    for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample++) {
      sum.update(code.apply(sample));
    }
    return sum.getValue();
  }

  @Test
  void everyCodeComesBack() {
    int negativeZero = 0x7F;
    for (int code = 0; code < 256; code++) {
      int expected = code == negativeZero ? 0xFF : code;
      assertEquals(expected, G711.mulaw(G711.fromMulaw((byte) code)) & 0xFF);
      assertEquals(code, G711.alaw(G711.fromAlaw((byte) code)) & 0xFF);
    }
  }
}
