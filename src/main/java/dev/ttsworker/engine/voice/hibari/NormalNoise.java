package dev.ttsworker.engine.voice.hibari;

import java.util.SplittableRandom;

/// Noise of a sentence: normal numbers, quickly: each is one of 4,096, chosen by 12 random bits.
/// Their distribution has mean 0 and variance 1. Not thread-safe.
final class NormalNoise {
  private static final int BITS = 12;
  private static final int PER_DRAW = Long.SIZE / BITS;
  private static final float[] NUMBERS = numbers();

  private final SplittableRandom random;

  NormalNoise(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /// Pairs of opposite numbers, scaled to the variance.
  private static float[] numbers() {
    SplittableRandom drawn = new SplittableRandom(1);
    double[] half = new double[1 << (BITS - 1)];
    double power = 0;
    for (int i = 0; i < half.length; i++) {
      half[i] = drawn.nextGaussian();
      power += half[i] * half[i];
    }
    double scale = Math.sqrt(half.length / power);
    float[] numbers = new float[2 * half.length];
    for (int i = 0; i < half.length; i++) {
      numbers[2 * i] = (float) (half[i] * scale);
      numbers[2 * i + 1] = -numbers[2 * i];
    }
    return numbers;
  }

  /// Fills all of an array.
  void fill(float[] target) {
    int at = 0;
    while (at < target.length) {
      long bits = random.nextLong();
      int end = Math.min(target.length, at + PER_DRAW);
      for (; at < end; at++) {
        target[at] = NUMBERS[(int) bits & (NUMBERS.length - 1)];
        bits >>>= BITS;
      }
    }
  }
}
