package dev.ttsworker.engine.runtime;

import java.util.Arrays;

/// Dense float32 tensor, row-major. Holds the given array, which neither side changes afterwards.
public final class FloatTensor implements Tensor {
  private final float[] values;
  private final long[] shape;

  public FloatTensor(float[] values, long... shape) {
    if (Tensor.elements(shape) != values.length) {
      throw new IllegalArgumentException(
          values.length + " values do not fill the shape " + Arrays.toString(shape));
    }
    this.values = values;
    this.shape = shape.clone();
  }

  public float[] values() {
    return values;
  }

  @Override
  public long[] shape() {
    return shape.clone();
  }
}
