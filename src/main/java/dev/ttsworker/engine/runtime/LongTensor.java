package dev.ttsworker.engine.runtime;

import java.util.Arrays;

/// Dense int64 tensor, row-major. Holds the given array, which neither side changes afterwards.
public final class LongTensor implements Tensor {
  private final long[] values;
  private final long[] shape;

  public LongTensor(long[] values, long... shape) {
    if (Tensor.elements(shape) != values.length) {
      throw new IllegalArgumentException(
          values.length + " values do not fill the shape " + Arrays.toString(shape));
    }
    this.values = values;
    this.shape = shape.clone();
  }

  public long[] values() {
    return values;
  }

  @Override
  public long[] shape() {
    return shape.clone();
  }
}
