package dev.ttsworker.engine.runtime;

import java.util.ArrayList;
import java.util.List;

/// Shapes that a stage is opened for on an accelerator.
///
/// @param batches sizes, ascending; a batch between two sizes is padded with empty items
/// @param widest columns of a window; wider ones are computed on the CPU
public record DeviceShapes(List<Integer> batches, int widest) {
  private static final int STEP = 4;

  public DeviceShapes {
    batches = List.copyOf(batches);
  }

  /// Windows of all widths, and batch sizes each four times the one before, up to the largest.
  public static DeviceShapes upTo(int largestBatch) {
    List<Integer> sizes = new ArrayList<>();
    for (int size = 1; size < largestBatch; size *= STEP) {
      sizes.add(size);
    }
    sizes.add(largestBatch);
    return new DeviceShapes(sizes, Integer.MAX_VALUE);
  }
}
