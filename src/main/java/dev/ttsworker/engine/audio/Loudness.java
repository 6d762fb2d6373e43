package dev.ttsworker.engine.audio;

import java.util.OptionalDouble;

/// Integrated loudness by ITU-R BS.1770-4, Annex 1: K-weighting, then mean squares of blocks of 400
/// ms every 100 ms, gated at -70 LUFS and then at 10 LU below the mean of the remaining ones.
public final class Loudness {
  private static final int STEPS_PER_SECOND = 10;
  private static final int STEPS_PER_BLOCK = 4;
  private static final double OFFSET = -0.691;
  private static final double ABSOLUTE_GATE_LUFS = -70;
  private static final double RELATIVE_GATE_LU = 10;

  private Loudness() {}

  /// The integrated loudness of a whole mono signal.
  ///
  /// @param samples full scale is ±1
  /// @param sampleRateHz at least 8000
  /// @return in LUFS; empty when it is shorter than 400 ms, silent, or not made of finite numbers
  public static OptionalDouble integratedLufs(float[] samples, int sampleRateHz) {
    if (sampleRateHz < SpeechPipeline.MIN_RATE_HZ) {
      throw new IllegalArgumentException(
          "sampleRateHz is " + sampleRateHz + ", at least 8000 is needed");
    }
    double[] blocks = blockPowers(stepPowers(samples, sampleRateHz));
    double audible = meanAbove(blocks, power(ABSOLUTE_GATE_LUFS));
    double gate = Math.max(power(ABSOLUTE_GATE_LUFS), power(lufs(audible) - RELATIVE_GATE_LU));
    double loud = meanAbove(blocks, gate);
    return loud > 0 ? OptionalDouble.of(lufs(loud)) : OptionalDouble.empty();
  }

  private static double[] stepPowers(float[] samples, int sampleRateHz) {
    int steps = (int) ((long) samples.length * STEPS_PER_SECOND / sampleRateHz);
    double[] powers = new double[steps];
    KWeighting weighting = new KWeighting(sampleRateHz);
    int at = 0;
    for (int step = 0; step < steps; step++) {
      int start = at;
      int end = (int) ((step + 1L) * sampleRateHz / STEPS_PER_SECOND);
      double sum = 0;
      for (; at < end; at++) {
        double weighted = weighting.next(samples[at]);
        sum += weighted * weighted;
      }
      powers[step] = sum / (end - start);
    }
    return powers;
  }

  private static double[] blockPowers(double[] steps) {
    double[] blocks = new double[Math.max(0, steps.length - STEPS_PER_BLOCK + 1)];
    for (int block = 0; block < blocks.length; block++) {
      double sum = 0;
      for (int step = block; step < block + STEPS_PER_BLOCK; step++) {
        sum += steps[step];
      }
      blocks[block] = sum / STEPS_PER_BLOCK;
    }
    return blocks;
  }

  /// Zero when there is none.
  private static double meanAbove(double[] blocks, double gate) {
    double sum = 0;
    int count = 0;
    for (double block : blocks) {
      if (block > gate) {
        sum += block;
        count++;
      }
    }
    return count == 0 ? 0 : sum / count;
  }

  private static double lufs(double power) {
    return OFFSET + 10 * Math.log10(power);
  }

  private static double power(double lufs) {
    return Math.pow(10, (lufs - OFFSET) / 10);
  }
}
