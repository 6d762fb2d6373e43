package dev.ttsworker.engine.audio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PeakLimiterTest {
  private static final int RATE = 48_000;
  private static final float CEILING = (float) Math.pow(10, -1 / 20.0);

  @Test
  void nothingExceedsTheCeiling() {
    long seed = System.nanoTime();
    System.out.println("PeakLimiterTest seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 20; round++) {
      double amplitude = Math.pow(10, random.nextDouble() * 4 - 1);
      float[] out = limit(List.of(Signals.noise(random, amplitude, 5_000)));
      assertEquals(5_000, out.length);
      assertTrue(Signals.largest(out) <= CEILING, "seed " + seed + " round " + round);
    }
  }

  @Test
  void cutsMakeNoDifferenceToTheBit() {
    long seed = System.nanoTime();
    System.out.println("PeakLimiterTest seed " + seed);
    Random random = new Random(seed);
    float[] signal = Signals.noise(random, 0.5, 20_000);
    float[] whole = limit(List.of(signal));
    for (int round = 0; round < 10; round++) {
      assertArrayEquals(whole, limit(Signals.cut(signal, random)), "seed " + seed);
    }
  }

  /// In one piece all is computed; in small ones what is far from a peak is passed on.
  @Test
  void quietPartsBetweenPeaksAreTheSameInPieces() {
    Random random = new Random(3);
    float[] signal = Signals.noise(random, 0.1, 40_000);
    for (int peak = 500; peak < signal.length; peak += 3_000 + random.nextInt(3_000)) {
      signal[peak] = 2;
    }
    float[] whole = limit(List.of(signal));
    for (int part : new int[] {1, 100, 960, 1_000}) {
      List<float[]> parts = new ArrayList<>();
      for (int at = 0; at < signal.length; at += part) {
        parts.add(Arrays.copyOfRange(signal, at, Math.min(signal.length, at + part)));
      }
      assertArrayEquals(whole, limit(parts), "parts of " + part);
    }
  }

  @Test
  void belowTheCeilingSamplesPassUnchanged() {
    float[] signal = Signals.sine(440, RATE, CEILING, 10_000);
    assertArrayEquals(signal, limit(List.of(signal)));
  }

  @Test
  void wellBeforeAndWellAfterAPeakSamplesPassUnchanged() {
    float[] signal = Signals.sine(440, RATE, 0.5, 60_000);
    signal[20_000] = 3;
    float[] out = limit(List.of(signal));
    int before = 20_000 - PeakLimiter.lookAhead(RATE);
    assertArrayEquals(Arrays.copyOf(signal, before), Arrays.copyOf(out, before));
    assertEquals(CEILING, out[20_000], 1e-4);
    assertArrayEquals(
        Arrays.copyOfRange(signal, 52_000, 60_000), Arrays.copyOfRange(out, 52_000, 60_000));
  }

  @Test
  void theGainNeverSteps() {
    float[] signal = new float[30_000];
    Arrays.fill(signal, 0.1f);
    for (int peak : new int[] {3_000, 3_050, 9_000, 9_700, 15_000}) {
      signal[peak] = 1 + peak / 5_000f;
    }
    float[] out = limit(List.of(signal));
    double steepest = 0;
    for (int i = 1; i < out.length; i++) {
      steepest =
          Math.max(
              steepest,
              Math.abs((double) out[i] / signal[i] - (double) out[i - 1] / signal[i - 1]));
    }
    System.out.printf("PeakLimiterTest steepest gain %.5f a sample%n", steepest);
    assertTrue(steepest <= 0.75 / 64, "the gain moves by " + steepest);
  }

  @Test
  void aLoudToneIsTurnedDownWithoutDistortionOrOffset() {
    for (double hz : new double[] {100, 150, 220, 440, 1_000}) {
      float[] out = limit(List.of(Signals.sine(hz, RATE, 2 * CEILING, 2 * RATE)));
      double distortion = Signals.decibels(Signals.residueRatio(hz, out, RATE, RATE, 2 * RATE));
      double mean = 0;
      for (int i = RATE; i < 2 * RATE; i++) {
        mean += out[i] / (double) RATE;
      }
      System.out.printf("PeakLimiterTest %.0f Hz +6 dB: distortion %.1f dB%n", hz, distortion);
      assertTrue(distortion <= -60, hz + " Hz is distorted by " + distortion + " dB");
      assertEquals(0, mean, 1e-4);
    }
  }

  @Test
  void nothingAppearsAboveTheBandOfTheInput() {
    long seed = System.nanoTime();
    System.out.println("PeakLimiterTest seed " + seed);
    Random random = new Random(seed);
    Resampler band = Resampler.between(8_000, RATE);
    float[] bursts = Signals.noise(random, 0.35, 16_000);
    for (int i = 0; i < bursts.length; i++) {
      bursts[i] *= (float) (1 + Math.sin(2 * Math.PI * i / 2_000.0));
    }
    float[] signal = band.push(bursts);
    float[] out = limit(List.of(signal));
    assertTrue(Signals.largest(signal) > 1.5 * CEILING, "the limiter has something to do");
    double in = 10 * Math.log10(powerAbove(signal) / power(signal));
    double above = 10 * Math.log10(powerAbove(out) / power(out));
    System.out.printf("PeakLimiterTest above 8 kHz: %.1f dB, before %.1f dB%n", above, in);
    assertTrue(above <= -90, "above the band there are " + above + " dB");
  }

  private static double powerAbove(float[] signal) {
    return Signals.powerAbove(8_000, signal, RATE, 0, signal.length);
  }

  private static double power(float[] signal) {
    double sum = 0;
    for (float sample : signal) {
      sum += (double) sample * sample;
    }
    return sum / signal.length;
  }

  private static float[] limit(List<float[]> parts) {
    PeakLimiter limiter = new PeakLimiter(CEILING, RATE);
    List<float[]> out = new ArrayList<>();
    for (float[] part : parts) {
      out.add(limiter.push(part));
    }
    out.add(limiter.flush());
    return Signals.join(out);
  }
}
