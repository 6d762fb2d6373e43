package dev.ttsworker.engine.runtime;

import java.util.List;

/// Difference of two results of the same graph.
public final class Difference {
  private Difference() {}

  /// How far the error of what was made lies below what is expected, in dB: infinite when there is
  /// none, negative infinity when an output has another length.
  public static double decibelsBelow(List<float[]> expected, List<float[]> made) {
    double power = 0;
    double error = 0;
    for (int part = 0; part < made.size(); part++) {
      float[] right = expected.get(part);
      float[] left = made.get(part);
      if (left.length != right.length) {
        return Double.NEGATIVE_INFINITY;
      }
      for (int i = 0; i < left.length; i++) {
        power += (double) right[i] * right[i];
        error += ((double) left[i] - right[i]) * ((double) left[i] - right[i]);
      }
    }
    return error == 0 ? Double.POSITIVE_INFINITY : 10 * Math.log10(power / error);
  }
}
