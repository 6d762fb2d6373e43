package dev.ttsworker.engine.runtime.gpu;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.runtime.FloatTensor;
import dev.ttsworker.engine.runtime.Graph;
import dev.ttsworker.engine.runtime.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Batch assembly: runs items as one batch.
final class Batches {
  private static final float[] NOTHING = {};

  private Batches() {}

  /// Runs a graph once.
  ///
  /// @param size batch size; missing items are padded with zeros
  /// @param stop terminates the run
  /// @return the outputs in the order of the items
  static float[][] run(
      StageSpec spec,
      Graph graph,
      int size,
      int width,
      List<BatchItem> items,
      CancellationToken stop) {
    Map<String, Tensor> inputs = new HashMap<>();
    inputs.put(
        spec.input(),
        new FloatTensor(
            joined(items, BatchItem::frames, size, spec.channels() * width),
            size,
            spec.channels(),
            width));
    spec.mask()
        .ifPresent(name ->
            inputs.put(
                name,
                new FloatTensor(joined(items, BatchItem::mask, size, width), size, 1, width)));
    spec.conditions()
        .forEach((name, shape) ->
            inputs.put(
                name,
                new FloatTensor(
                    joined(
                        items,
                        item -> item.conditions().getOrDefault(name, NOTHING),
                        size,
                        shape.elements()),
                    shape.times(size, 1))));
    return graph.run(
        inputs,
        spec.output(),
        spec.outputShape(size, width),
        stop,
        made -> {
          int each = made.remaining() / size;
          float[][] outputs = new float[items.size()][each];
          for (float[] output : outputs) {
            made.get(output);
          }
          return outputs;
        });
  }

  /// Concatenates the items, with zeros for missing ones.
  private static float[] joined(
      List<BatchItem> items, Function<BatchItem, float[]> part, int size, int elements) {
    float[] all = new float[size * elements];
    for (int i = 0; i < items.size(); i++) {
      float[] values = part.apply(items.get(i));
      if (values.length != elements) {
        throw new IllegalArgumentException(
            "a item of " + values.length + " values instead of " + elements);
      }
      System.arraycopy(values, 0, all, i * elements, elements);
    }
    return all;
  }
}
