package dev.ttsworker.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class AudioFormatTest {
  @Test
  void fiftyFramesAreASecond() {
    for (int rate : AudioFormat.RATES_HZ) {
      AudioFormat format = new AudioFormat(rate, AudioEncoding.PCM_S16LE);
      assertEquals(rate, format.samples(50));
      long bytes = 0;
      for (int i = 0; i < 50; i++) {
        bytes += format.frameBytes(i);
      }
      assertEquals(2L * rate, bytes);
    }
    AudioFormat odd = new AudioFormat(11_025, AudioEncoding.MULAW);
    assertEquals(220, odd.frameBytes(0));
    assertEquals(221, odd.frameBytes(1));
  }

  @Test
  void anotherRateIsRefusedWithWhatIsAllowed() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new AudioFormat(12_345, AudioEncoding.PCM_S16LE))
            .getMessage();
    assertEquals(
        "the sample rate is 12345 Hz; allowed: 8000, 11025, 16000, 22050, 24000, 32000, 44100, 48000",
        message);
  }

  @ParameterizedTest
  @EnumSource
  void framesOfEveryEncodingAreAudibleAboveTheirAmplitude(AudioEncoding encoding) {
    byte[] frame = encoding.ofPcm(new byte[] {0, 0, (byte) 0xE8, 3, 0, 0});
    assertEquals(3 * encoding.bytesPerSample(), frame.length);
    assertTrue(encoding.isAbove(900, frame));
    assertFalse(encoding.isAbove(1_100, frame));
    byte[] negative = encoding.ofPcm(new byte[] {0x18, (byte) 0xFC});
    assertTrue(encoding.isAbove(900, negative));
    assertFalse(encoding.isAbove(1_100, negative));
  }
}
