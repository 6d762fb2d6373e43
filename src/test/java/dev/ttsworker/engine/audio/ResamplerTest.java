package dev.ttsworker.engine.audio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ResamplerTest {
  private static final int OUT = 48_000;

  @ParameterizedTest
  @ValueSource(ints = {8_000, 11_025, 16_000, 22_050, 24_000, 44_100, 47_999, 48_000})
  void cutsMakeNoDifferenceToTheBit(int rateHz) {
    long seed = System.nanoTime();
    System.out.println("ResamplerTest seed " + seed);
    Random random = new Random(seed);
    float[] signal = Signals.noise(random, 0.3, 6_000 + random.nextInt(2_000));
    float[] whole = resample(rateHz, List.of(signal));
    assertEquals(((long) signal.length * OUT + rateHz - 1) / rateHz, whole.length);
    for (int round = 0; round < 5; round++) {
      assertArrayEquals(whole, resample(rateHz, Signals.cut(signal, random)), "seed " + seed);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {50, 440, 1_000, 3_000, 5_000, 7_000, 8_500, 9_000, 9_500})
  void thePassBandIsFlatAndImagesAreGone(double hz) {
    int rateHz = 22_050;
    float[] out = resample(rateHz, List.of(Signals.sine(hz, rateHz, 0.5, rateHz)));
    int from = 2_000;
    int to = out.length - 2_000;
    double ripple = Signals.decibels(Signals.amplitudeAt(hz, out, OUT, from, to) / 0.5);
    double image = Signals.decibels(Signals.amplitudeAt(rateHz - hz, out, OUT, from, to) / 0.5);
    double residue = Signals.decibels(Signals.residueRatio(hz, out, OUT, from, to));
    System.out.printf(
        "ResamplerTest %.0f Hz: %.5f dB, image %.1f dB, all but the tone %.1f dB%n",
        hz, ripple, image, residue);
    assertTrue(Math.abs(ripple) <= 0.02, hz + " Hz comes out " + ripple + " dB off");
    assertTrue(image <= -80, "the image of " + hz + " Hz has " + image + " dB");
    assertTrue(residue <= -80, "beside " + hz + " Hz there are " + residue + " dB");
  }

  @Test
  void outputLiesAtTheTimeOfItsInputAndDoesNotDrift() {
    int rateHz = 22_050;
    int seconds = 120;
    Resampler resampler = new Resampler(rateHz, OUT);
    List<float[]> parts = new ArrayList<>();
    float[] signal = Signals.sine(1_000, rateHz, 0.5, rateHz * seconds + 7);
    for (int at = 0; at < signal.length; at += 5_000) {
      int end = Math.min(signal.length, at + 5_000);
      parts.add(resampler.push(Arrays.copyOfRange(signal, at, end)));
    }
    parts.add(resampler.flush());
    float[] out = Signals.join(parts);
    assertEquals(OUT * seconds + 16, out.length);
    for (int n = OUT * (seconds - 1); n < OUT * seconds - 100; n++) {
      assertEquals(0.5 * Math.sin(2 * Math.PI * 1_000 * (n % OUT) / OUT), out[n], 1e-4);
    }
    for (int n = 100; n < OUT; n++) {
      assertEquals(0.5 * Math.sin(2 * Math.PI * 1_000 * n / OUT), out[n], 1e-4);
    }
  }

  @Test
  void twiceTheRateIsTheSameFilter() {
    float[] in = Signals.noise(new Random(1), 0.3, 500);
    float[] out = resample(24_000, List.of(in));
    float[] taps = PolyphaseTaps.design(2);
    for (int n = 0; n < in.length; n++) {
      assertEquals(in[n], out[2 * n], "sample " + n);
      double between = 0;
      for (int k = 0; k < PolyphaseTaps.PER_PHASE; k++) {
        int at = n + k - (PolyphaseTaps.AHEAD - 1);
        between += at >= 0 && at < in.length ? in[at] * taps[PolyphaseTaps.PER_PHASE + k] : 0;
      }
      assertEquals(between, out[2 * n + 1], 1e-6, "after sample " + n);
    }
  }

  @Test
  void aConstantStaysConstant() {
    float[] ones = new float[2_000];
    Arrays.fill(ones, 1);
    float[] out = resample(22_050, List.of(ones));
    for (int n = 100; n < out.length - 100; n++) {
      assertEquals(1, out[n], 1e-6);
    }
  }

  @Test
  void theOutputRateItselfPassesUnchanged() {
    float[] signal = Signals.sine(12_345, OUT, 0.9, 3_000);
    assertArrayEquals(signal, resample(OUT, List.of(signal)));
  }

  @Test
  void whatIsNotFiniteIsSilence() {
    float[] signal = Signals.sine(300, 22_050, 0.5, 1_000);
    float[] expected = signal.clone();
    float[] broken = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MAX_VALUE};
    for (int i = 0; i < broken.length; i++) {
      signal[500 + i] = broken[i];
      expected[500 + i] = 0;
    }
    assertArrayEquals(resample(22_050, List.of(expected)), resample(22_050, List.of(signal)));
  }

  @Test
  void ratesAboveTheOutputAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Resampler(OUT + 1, OUT));
    assertThrows(IllegalArgumentException.class, () -> new Resampler(0, OUT));
  }

  private static float[] resample(int rateHz, List<float[]> parts) {
    Resampler resampler = new Resampler(rateHz, OUT);
    List<float[]> out = new ArrayList<>();
    for (float[] part : parts) {
      out.add(resampler.push(part));
    }
    out.add(resampler.flush());
    return Signals.join(out);
  }
}
