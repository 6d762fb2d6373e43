package dev.ttsworker.engine.runtime.gpu;

import dev.ttsworker.engine.runtime.Tensor;
import java.util.ArrayList;
import java.util.List;

/// Tensor shape: the first extent scales with the batch, the last one with the window.
public record TensorShape(List<Long> list) {
  public TensorShape {
    list = List.copyOf(list);
    if (list.isEmpty()) {
      throw new IllegalArgumentException("a scalar has no rows");
    }
  }

  public static TensorShape of(long... extents) {
    List<Long> list = new ArrayList<>();
    for (long extent : extents) {
      list.add(extent);
    }
    return new TensorShape(list);
  }

  /// A new array.
  long[] extents() {
    return list.stream().mapToLong(Long::longValue).toArray();
  }

  /// A shape with the first and the last extent multiplied.
  public long[] times(int first, int last) {
    long[] extents = extents();
    extents[0] *= first;
    extents[extents.length - 1] *= last;
    return extents;
  }

  int elements() {
    return Math.toIntExact(Tensor.elements(extents()));
  }
}
