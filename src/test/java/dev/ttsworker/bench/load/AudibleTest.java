package dev.ttsworker.bench.load;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class AudibleTest {
  @Test
  void onlySamplesOverOnePercentAreHeard() {
    assertFalse(Audible.in(samples(0, 327, -327, 0)));
    assertTrue(Audible.in(samples(0, 0, 328)));
    assertTrue(Audible.in(samples(-328, 0, 0)));
    assertTrue(Audible.in(samples(Short.MIN_VALUE)));
    assertFalse(Audible.in(new byte[0]));
  }

  static byte[] samples(int... values) {
    byte[] pcm = new byte[2 * values.length];
    for (int i = 0; i < values.length; i++) {
      pcm[2 * i] = (byte) values[i];
      pcm[2 * i + 1] = (byte) (values[i] >> 8);
    }
    return pcm;
  }
}
