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
import org.junit.jupiter.params.provider.CsvSource;
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
    Resampler resampler = Resampler.between(rateHz, OUT);
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
    float[] taps = PolyphaseTaps.of(2, 1).weights();
    for (int n = 0; n < in.length; n++) {
      assertEquals(in[n], out[2 * n], "sample " + n);
      double between = 0;
      for (int k = 0; k < PolyphaseTaps.FEWEST; k++) {
        int at = n + k - (PolyphaseTaps.FEWEST / 2 - 1);
        between += at >= 0 && at < in.length ? in[at] * taps[PolyphaseTaps.FEWEST + k] : 0;
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
  void ratesBelowOneAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Resampler.between(0, OUT));
    assertThrows(IllegalArgumentException.class, () -> Resampler.between(OUT, 0));
  }

  /// What lies above half the lower rate is gone, what lies below is there: the pass band to 0.43
  /// of the output rate.
  @ParameterizedTest
  @CsvSource({
    "24000, 8000", "24000, 11025", "24000, 16000", "24000, 22050", "22050, 8000", "22050, 11025",
    "22050, 16000", "16000, 8000", "16000, 11025", "48000, 8000", "48000, 11025", "48000, 44100",
    "44100, 32000", "44100, 24000"
  })
  void nothingFoldsDownToALowerRate(int from, int to) {
    for (double share : new double[] {0.05, 0.25, 0.43}) {
      double hz = share * to;
      double heard = heard(hz, hz, from, to);
      assertEquals(0, Signals.decibels(heard / 0.5), 0.02, hz + " Hz");
    }
    for (double share : new double[] {0.501, 0.55, 0.7, 0.9}) {
      double hz = share * to;
      if (hz < 0.499 * from) {
        double folded = Signals.decibels(heard(hz, to - hz, from, to) / 0.5);
        assertTrue(folded <= -80, hz + " Hz is heard with " + folded + " dB");
      }
    }
  }

  /// Amplitude at one frequency of what a tone of another becomes.
  private static double heard(double hz, double at, int from, int to) {
    float[] out = resample(from, to, List.of(Signals.sine(hz, from, 0.5, from)));
    assertEquals(to, out.length);
    return Signals.amplitudeAt(at, out, to, to / 10, to * 9 / 10);
  }

  @ParameterizedTest
  @CsvSource({
    "24000, 8000",
    "24000, 22050",
    "22050, 16000",
    "16000, 11025",
    "48000, 44100",
    "8000, 11025",
    "24000, 32000",
    "22050, 24000",
    "24000, 24000"
  })
  void cutsMakeNoDifferenceBetweenAnyRates(int from, int to) {
    Random random = new Random(from + to);
    float[] signal = Signals.noise(random, 0.3, 3_000 + random.nextInt(500));
    float[] whole = resample(from, to, List.of(signal));
    assertEquals(((long) signal.length * to + from - 1) / from, whole.length);
    for (int round = 0; round < 3; round++) {
      assertArrayEquals(whole, resample(from, to, Signals.cut(signal, random)));
    }
  }

  private static float[] resample(int rateHz, List<float[]> parts) {
    return resample(rateHz, OUT, parts);
  }

  private static float[] resample(int rateHz, int outHz, List<float[]> parts) {
    Resampler resampler = Resampler.between(rateHz, outHz);
    List<float[]> out = new ArrayList<>();
    for (float[] part : parts) {
      out.add(resampler.push(part));
    }
    out.add(resampler.flush());
    return Signals.join(out);
  }
}
