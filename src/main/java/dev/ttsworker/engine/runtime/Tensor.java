package dev.ttsworker.engine.runtime;

/// Tensor: an input or output of a graph, in Java memory.
public sealed interface Tensor permits FloatTensor, LongTensor, FrameSlice {
  long[] shape();

  /// The number of elements of a shape.
  static long elements(long... shape) {
    long product = 1;
    for (long extent : shape) {
      product = Math.multiplyExact(product, extent);
    }
    return product;
  }
}
