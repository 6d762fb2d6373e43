package dev.ttsworker.engine.audio;

/// Biquad filter (second order), `a0 = 1`. Not thread-safe.
final class Biquad {
  private final double b0;
  private final double b1;
  private final double b2;
  private final double a1;
  private final double a2;
  private double state1;
  private double state2;

  Biquad(double b0, double b1, double b2, double a1, double a2) {
    this.b0 = b0;
    this.b1 = b1;
    this.b2 = b2;
    this.a1 = a1;
    this.a2 = a2;
  }

  /// Filters the next sample (transposed direct form II).
  double next(double x) {
    double y = b0 * x + state1;
    state1 = b1 * x - a1 * y + state2;
    state2 = b2 * x - a2 * y;
    return y;
  }
}
