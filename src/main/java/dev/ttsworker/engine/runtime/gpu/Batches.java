package dev.ttsworker.engine.runtime.gpu;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.runtime.FloatTensor;
import dev.ttsworker.engine.runtime.Graph;
import dev.ttsworker.engine.runtime.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Runs windows as one batch.
final class Batches {
  private static final float[] NOTHING = {};

  private Batches() {}

  /// Runs a graph once.
  ///
  /// @param size items of the batch; where there are fewer rows it is filled up with zeros
  /// @param stop ends the run
  /// @return the outputs in the order of the rows
  static float[][] run(
      StageSpec spec,
      Graph graph,
      int size,
      int width,
      List<BatchItem> rows,
      CancellationToken stop) {
    Map<String, Tensor> inputs = new HashMap<>();
    inputs.put(
        spec.input(),
        new FloatTensor(
            joined(rows, BatchItem::columns, size, spec.rows() * width), size, spec.rows(), width));
    spec.mask()
        .ifPresent(name ->
            inputs.put(
                name, new FloatTensor(joined(rows, BatchItem::mask, size, width), size, 1, width)));
    spec.conditions()
        .forEach((name, shape) ->
            inputs.put(
                name,
                new FloatTensor(
                    joined(
                        rows,
                        row -> row.conditions().getOrDefault(name, NOTHING),
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
          float[][] outputs = new float[rows.size()][each];
          for (float[] output : outputs) {
            made.get(output);
          }
          return outputs;
        });
  }

  /// One after the other, with zeros for the rows that are not there.
  private static float[] joined(
      List<BatchItem> rows, Function<BatchItem, float[]> part, int size, int elements) {
    float[] all = new float[size * elements];
    for (int i = 0; i < rows.size(); i++) {
      float[] values = part.apply(rows.get(i));
      if (values.length != elements) {
        throw new IllegalArgumentException(
            "a row of " + values.length + " values instead of " + elements);
      }
      System.arraycopy(values, 0, all, i * elements, elements);
    }
    return all;
  }
}
