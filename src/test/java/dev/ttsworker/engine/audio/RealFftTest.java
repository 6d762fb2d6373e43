package dev.ttsworker.engine.audio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RealFftTest {
  @ParameterizedTest
  @ValueSource(ints = {2, 4, 6, 10, 12, 20, 60, 100, 1_200})
  void equalsTheSumsAndTheWayBack(int length) {
    SplittableRandom random = new SplittableRandom(length);
    float[] samples = new float[length + 1];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) random.nextDouble(-1, 1);
    }
    RealFft fft = new RealFft(length);
    float[] re = new float[fft.bins()];
    float[] im = new float[fft.bins()];
    fft.forward(samples, 1, re, im);
    for (int bin = 0; bin < fft.bins(); bin++) {
      double sumRe = 0;
      double sumIm = 0;
      for (int i = 0; i < length; i++) {
        double angle = 2 * Math.PI * bin * i / length;
        sumRe += samples[1 + i] * Math.cos(angle);
        sumIm -= samples[1 + i] * Math.sin(angle);
      }
      assertEquals(sumRe, re[bin], 2e-5, "real part of bin " + bin);
      assertEquals(sumIm, im[bin], 2e-5, "imaginary part of bin " + bin);
    }
    float[] back = new float[length + 1];
    back[0] = samples[0];
    fft.inverse(re, im, back, 1);
    assertArrayEquals(samples, back, 1e-6f);
  }

  @Test
  void lengthsWithOtherFactorsAreRefused() {
    for (int length : new int[] {0, -2, 3, 14, 22}) {
      assertThrows(IllegalArgumentException.class, () -> new RealFft(length), "length " + length);
    }
  }
}
