package dev.ttsworker.engine.runtime;

import java.util.Arrays;

/// A dense float32 tensor, row-major. Holds the array it is given: neither side changes it after.
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
