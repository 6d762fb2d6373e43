package dev.ttsworker.engine.graph;

/// How far a tensor looks to the sides of the tensor that it is computed from.
///
/// @param rate its columns per column of the origin
/// @param before columns of the origin before the own place in time
/// @param after the same after it
record ReceptiveField(long rate, double before, double after) {
  /// Voices have 256 or 512 samples a frame, and contexts of a few tens.
  private static final long MOST_COLUMNS = 1 << 16;

  static final ReceptiveField ORIGIN = new ReceptiveField(1, 0, 0);

  /// What is computed from both, column by column.
  ReceptiveField merge(ReceptiveField other) {
    if (rate != other.rate) {
      throw new UnpartitionableGraphException(
          "tensors of %d and %d columns per frame meet".formatted(rate, other.rate));
    }
    return new ReceptiveField(rate, Math.max(before, other.before), Math.max(after, other.after));
  }

  /// After a convolution whose taps reach so many own columns to the sides.
  ReceptiveField widened(double own, double ownAfter) {
    return new ReceptiveField(rate, before + own / rate, after + ownAfter / rate);
  }

  /// @throws UncuttableGraphException when no sound has so many samples
  ReceptiveField upsampled(long factor) {
    if (factor < 1 || factor > MOST_COLUMNS / rate) {
      throw new UnpartitionableGraphException("an upsampling of %d by %d".formatted(rate, factor));
    }
    return new ReceptiveField(rate * factor, before, after);
  }

  /// Whole columns of the origin that a window needs on each side.
  ///
  /// @throws UncuttableGraphException when windows would be mostly context
  int context() {
    double columns = Math.ceil(Math.max(before, after) - 1e-9);
    if (!(columns <= MOST_COLUMNS)) {
      throw new UnpartitionableGraphException("a context of %.0f columns".formatted(columns));
    }
    return (int) columns;
  }
}
