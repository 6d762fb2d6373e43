package dev.ttsworker.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.AudioEncoding;
import dev.ttsworker.engine.AudioFormat;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class WavHeaderTest {
  private static final AudioFormat FORMAT = new AudioFormat(24_000, AudioEncoding.PCM_S16LE);

  @Test
  void namesRateAndLength() {
    assertEquals(
        "52494646"
            + "88000000"
            + "57415645"
            + "666d7420"
            + "10000000"
            + "0100"
            + "0100"
            + "c05d0000"
            + "80bb0000"
            + "0200"
            + "1000"
            + "64617461"
            + "64000000",
        HexFormat.of().formatHex(WavHeader.of(FORMAT, 100)));
  }

  @Test
  void streamHasTheLargestLength() {
    String hex = HexFormat.of().formatHex(WavHeader.ofStream(FORMAT));
    assertTrue(hex.startsWith("52494646ffffffff"), hex);
    assertTrue(hex.endsWith("64617461ffffffff"), hex);
  }
}
