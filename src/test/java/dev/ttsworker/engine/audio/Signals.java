package dev.ttsworker.engine.audio;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// Signals to test with, and what is measured on them.
final class Signals {
  private Signals() {}

  static float[] sine(double hz, int rateHz, double amplitude, int samples) {
    float[] signal = new float[samples];
    for (int i = 0; i < samples; i++) {
      signal[i] = (float) (amplitude * Math.sin(2 * Math.PI * hz * i / rateHz));
    }
    return signal;
  }

  static float[] noise(RandomGenerator random, double amplitude, int samples) {
    float[] signal = new float[samples];
    for (int i = 0; i < samples; i++) {
      signal[i] = (float) (amplitude * random.nextGaussian());
    }
    return signal;
  }

  /// Random portions that make up the signal, some of them empty.
  static List<float[]> cut(float[] signal, RandomGenerator random) {
    List<float[]> parts = new ArrayList<>();
    int largest = 1 << random.nextInt(13);
    for (int at = 0; at < signal.length; ) {
      int end = Math.min(signal.length, at + random.nextInt(largest + 1));
      parts.add(Arrays.copyOfRange(signal, at, end));
      at = end;
    }
    return parts;
  }

  static float[] join(List<float[]> parts) {
    int length = parts.stream().mapToInt(part -> part.length).sum();
    float[] whole = new float[length];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, whole, at, part.length);
      at += part.length;
    }
    return whole;
  }

  static double decibels(double ratio) {
    return 20 * Math.log10(ratio);
  }

  static double largest(float[] signal) {
    double largest = 0;
    for (float sample : signal) {
      largest = Math.max(largest, Math.abs(sample));
    }
    return largest;
  }

  /// Amplitude of one frequency, under a window (sine to the eighth) that keeps others out.
  static double amplitudeAt(double hz, float[] signal, int rateHz, int from, int to) {
    double real = 0;
    double imaginary = 0;
    double weights = 0;
    for (int i = from; i < to; i++) {
      double weight = Math.pow(Math.sin(Math.PI * (i - from + 0.5) / (to - from)), 8);
      double angle = 2 * Math.PI * hz * i / rateHz;
      real += weight * signal[i] * Math.cos(angle);
      imaginary += weight * signal[i] * Math.sin(angle);
      weights += weight;
    }
    return 2 * Math.hypot(real, imaginary) / weights;
  }

  /// What is left of a signal without its part at one frequency, as a ratio of amplitudes:
  /// distortion, images and noise together.
  static double residueRatio(double hz, float[] signal, int rateHz, int from, int to) {
    double sinSin = 0;
    double sinCos = 0;
    double cosCos = 0;
    double withSin = 0;
    double withCos = 0;
    for (int i = from; i < to; i++) {
      double angle = 2 * Math.PI * hz * i / rateHz;
      double sin = Math.sin(angle);
      double cos = Math.cos(angle);
      sinSin += sin * sin;
      sinCos += sin * cos;
      cosCos += cos * cos;
      withSin += sin * signal[i];
      withCos += cos * signal[i];
    }
    double determinant = sinSin * cosCos - sinCos * sinCos;
    double a = (withSin * cosCos - withCos * sinCos) / determinant;
    double b = (withCos * sinSin - withSin * sinCos) / determinant;
    double left = 0;
    for (int i = from; i < to; i++) {
      double angle = 2 * Math.PI * hz * i / rateHz;
      double rest = signal[i] - a * Math.sin(angle) - b * Math.cos(angle);
      left += rest * rest;
    }
    return Math.sqrt(left / ((to - from) / 2.0)) / Math.hypot(a, b);
  }

  /// Power of a signal above a frequency, by a windowed sinc of 511 taps.
  static double powerAbove(double hz, float[] signal, int rateHz, int from, int to) {
    int half = 255;
    double[] taps = new double[2 * half + 1];
    for (int k = -half; k <= half; k++) {
      double sinc =
          k == 0 ? 2 * hz / rateHz : Math.sin(2 * Math.PI * hz * k / rateHz) / (Math.PI * k);
      double window = Math.pow(Math.cos(Math.PI * k / (2 * half + 2)), 4);
      taps[k + half] = (k == 0 ? 1 : 0) - sinc * window;
    }
    double power = 0;
    for (int i = from + half; i < to - half; i++) {
      double sum = 0;
      for (int k = -half; k <= half; k++) {
        sum += taps[k + half] * signal[i - k];
      }
      power += sum * sum;
    }
    return power / (to - from - 2 * half);
  }
}
