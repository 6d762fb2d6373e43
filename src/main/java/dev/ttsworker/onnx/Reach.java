package dev.ttsworker.onnx;

/// How far a tensor looks to the sides of the tensor that it is computed from.
///
/// @param rate its columns per column of the origin
/// @param before columns of the origin before the own place in time
/// @param after the same after it
record Reach(long rate, double before, double after) {
  static final Reach ORIGIN = new Reach(1, 0, 0);

  /// What is computed from both, column by column.
  Reach merge(Reach other) {
    if (rate != other.rate) {
      throw new UncuttableGraphException(
          "tensors of %d and %d columns per frame meet".formatted(rate, other.rate));
    }
    return new Reach(rate, Math.max(before, other.before), Math.max(after, other.after));
  }

  /// After a convolution whose taps reach so many own columns to the sides.
  Reach widened(double own, double ownAfter) {
    return new Reach(rate, before + own / rate, after + ownAfter / rate);
  }

  Reach upsampled(long factor) {
    return new Reach(rate * factor, before, after);
  }

  /// Whole columns of the origin that a window needs on each side.
  int context() {
    return (int) Math.ceil(Math.max(before, after) - 1e-9);
  }
}
