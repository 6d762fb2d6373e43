package dev.ttsworker.voice.piper;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.inference.CancelSignal;
import dev.ttsworker.inference.ColumnsTensor;
import dev.ttsworker.inference.FloatTensor;
import dev.ttsworker.inference.Graph;
import dev.ttsworker.inference.Tensor;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/// A graph that makes columns of columns: flow, head or tail. Its output grows with its input, so
/// the shape of the first output tells that of every other. Thread-safe.
final class StageGraph implements AutoCloseable {
  private final Graph graph;
  private final Names names;
  private volatile long[] outputPerColumn = {};

  /// @param input `[1, rows, columns]`
  /// @param mask `[1, 1, columns]` of ones, when there is one
  /// @param conditions inputs that the text stage gave
  record Names(String input, Optional<String> mask, List<String> conditions, String output) {}

  /// Takes the graph over.
  StageGraph(Graph graph, Names names) {
    this.graph = graph;
    this.names = names;
  }

  /// Runs over some columns.
  ///
  /// @param reader reads the output, row-major, which is gone when it returns
  <T> T run(
      ColumnsTensor columns,
      Map<String, Tensor> conditions,
      CancelSignal cancel,
      Function<FloatBuffer, T> reader) {
    int width = columns.to() - columns.from();
    Map<String, Tensor> inputs = new HashMap<>();
    inputs.put(names.input(), columns);
    names.mask().ifPresent(name -> inputs.put(name, new FloatTensor(ones(width), 1, 1, width)));
    for (String name : names.conditions()) {
      inputs.put(name, Objects.requireNonNull(conditions.get(name)));
    }
    long[] shape = outputPerColumn.clone();
    if (shape.length > 0) {
      shape[shape.length - 1] *= width;
      return graph.run(inputs, names.output(), shape, cancel, reader);
    }
    FloatTensor first = graph.run(inputs, names.output(), cancel);
    learn(first.shape(), width);
    return reader.apply(FloatBuffer.wrap(first.values()));
  }

  private void learn(long[] shape, int width) {
    int last = shape.length - 1;
    if (last < 0 || shape[last] == 0 || shape[last] % width != 0) {
      throw new WorkerException(
          ErrorCode.INFERENCE_FAILED,
          "A stage made %s of %d columns".formatted(Arrays.toString(shape), width));
    }
    shape[last] /= width;
    outputPerColumn = shape;
  }

  private static float[] ones(int count) {
    float[] ones = new float[count];
    Arrays.fill(ones, 1f);
    return ones;
  }

  @Override
  public void close() {
    graph.close();
  }
}
