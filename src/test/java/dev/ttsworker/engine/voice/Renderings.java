package dev.ttsworker.engine.voice;

import dev.ttsworker.engine.CancellationToken;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/// Samples of whole renderings, and how they compare.
public final class Renderings {
  private Renderings() {}

  /// All samples, in windows of these sizes.
  public static float[] speak(Rendering rendering, IntSupplier windows) {
    List<float[]> parts = new ArrayList<>();
    while (!rendering.isFinished()) {
      parts.add(rendering.step(Pace.of(windows.getAsInt()), new CancellationToken()));
    }
    return join(parts);
  }

  public static float[] join(List<float[]> parts) {
    float[] joined = new float[parts.stream().mapToInt(p -> p.length).sum()];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, joined, at, part.length);
      at += part.length;
    }
    return joined;
  }

  /// The largest difference of two samples; infinite when the lengths differ.
  public static float difference(float[] left, float[] right) {
    if (left.length != right.length) {
      return Float.POSITIVE_INFINITY;
    }
    float largest = 0;
    for (int i = 0; i < left.length; i++) {
      largest = Math.max(largest, Math.abs(left[i] - right[i]));
    }
    return largest;
  }

  /// How far below the expected samples the error of those made is, in dB; infinite when there is
  /// none.
  public static double distanceDb(float[] expected, float[] made) {
    return distanceDb(expected, 0, made);
  }

  /// The same, of expected samples from a place on.
  public static double distanceDb(float[] expected, int start, float[] made) {
    double power = 0;
    double error = 0;
    for (int i = 0; i < made.length; i++) {
      double right = expected[start + i];
      power += right * right;
      error += (made[i] - right) * (made[i] - right);
    }
    return error == 0 ? Double.POSITIVE_INFINITY : 10 * Math.log10(power / error);
  }
}
