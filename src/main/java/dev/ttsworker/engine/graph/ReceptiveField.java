package dev.ttsworker.engine.graph;

/// Receptive field of a tensor in an origin tensor.
///
/// @param rate its frames per frame of the origin
/// @param before frames of the origin before its own position in time
/// @param after the same after it
record ReceptiveField(long rate, double before, double after) {
  /// Voices have 256 or 512 samples a frame, and contexts of a few tens.
  private static final long MOST_FRAMES = 1 << 16;

  static final ReceptiveField ORIGIN = new ReceptiveField(1, 0, 0);

  /// The receptive field of a tensor computed frame by frame from both.
  ReceptiveField merge(ReceptiveField other) {
    if (rate != other.rate) {
      throw new UnpartitionableGraphException(
          "tensors of %d and %d values per frame meet".formatted(rate, other.rate));
    }
    return new ReceptiveField(rate, Math.max(before, other.before), Math.max(after, other.after));
  }

  /// The receptive field after a convolution with this many own frames of context.
  ReceptiveField widened(double own, double ownAfter) {
    return new ReceptiveField(rate, before + own / rate, after + ownAfter / rate);
  }

  /// The receptive field after an upsampling.
  ///
  /// @throws UnpartitionableGraphException when no audio has that many samples
  ReceptiveField upsampled(long factor) {
    if (factor < 1 || factor > MOST_FRAMES / rate) {
      throw new UnpartitionableGraphException("an upsampling of %d by %d".formatted(rate, factor));
    }
    return new ReceptiveField(rate * factor, before, after);
  }

  /// Whole frames of the origin that a window needs on each side.
  ///
  /// @throws UnpartitionableGraphException when windows would be mostly context
  int context() {
    double frames = Math.ceil(Math.max(before, after) - 1e-9);
    if (!(frames <= MOST_FRAMES)) {
      throw new UnpartitionableGraphException("a context of %.0f frames".formatted(frames));
    }
    return (int) frames;
  }
}
