package dev.ttsworker.inference.device;

import dev.ttsworker.inference.CancelSignal;
import dev.ttsworker.inference.FloatTensor;
import dev.ttsworker.inference.Graph;
import dev.ttsworker.inference.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/// A stage on one accelerator: a session for each width and batch size, since a convolution plans
/// anew whenever its shape changes. Thread-safe, except that [#load] and [#close] must not meet a
/// run.
final class Replica implements AutoCloseable {
  /// A batch between two sizes is filled up with empty rows.
  static final List<Integer> BATCHES = List.of(1, 4, 16);

  private static final float[] NOTHING = {};

  private final StageSpec spec;
  private final Supplier<Graph> loader;
  private volatile Map<Integer, NavigableMap<Integer, Graph>> sessions = Map.of();

  /// @param loader brings the stage into the accelerator's memory once more
  Replica(StageSpec spec, Supplier<Graph> loader) {
    this.spec = spec;
    this.loader = loader;
  }

  /// Opens all sessions anew and runs each once, so that no caller waits for its plans.
  ///
  /// @throws dev.ttsworker.error.WorkerException when one cannot be loaded or run; then none is
  ///   open
  void load() {
    close();
    List<Graph> opened = new ArrayList<>();
    boolean complete = false;
    try {
      Map<Integer, NavigableMap<Integer, Graph>> made = new HashMap<>();
      for (int width : spec.widths()) {
        NavigableMap<Integer, Graph> bySize = new TreeMap<>();
        for (int size : BATCHES) {
          Graph graph = loader.get();
          opened.add(graph);
          bySize.put(size, graph);
          float[][] _ = run(graph, size, width, List.of());
        }
        made.put(width, bySize);
      }
      sessions = made;
      complete = true;
    } finally {
      if (!complete) {
        opened.forEach(Graph::close);
      }
    }
  }

  StageSpec spec() {
    return spec;
  }

  /// Computes a batch.
  ///
  /// @param rows 1 to the largest of [#BATCHES]
  /// @return the outputs in the order of the rows
  float[][] run(int width, List<Row> rows) {
    NavigableMap<Integer, Graph> bySize = sessions.get(width);
    if (bySize == null) {
      throw new IllegalStateException("The stage " + spec.name() + " is not loaded");
    }
    Map.Entry<Integer, Graph> session = bySize.ceilingEntry(rows.size());
    return run(session.getValue(), session.getKey(), width, rows);
  }

  private float[][] run(Graph graph, int size, int width, List<Row> rows) {
    Map<String, Tensor> inputs = new HashMap<>();
    inputs.put(
        spec.input(),
        new FloatTensor(
            joined(rows, Row::columns, size, spec.rows() * width), size, spec.rows(), width));
    spec.mask()
        .ifPresent(name ->
            inputs.put(
                name, new FloatTensor(joined(rows, Row::mask, size, width), size, 1, width)));
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
        new CancelSignal(),
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
      List<Row> rows, Function<Row, float[]> part, int size, int elements) {
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

  /// Frees the sessions; [#load] opens them again.
  @Override
  public void close() {
    Map<Integer, NavigableMap<Integer, Graph>> open = sessions;
    sessions = Map.of();
    open.values().forEach(bySize -> bySize.values().forEach(Graph::close));
  }

  @Override
  public String toString() {
    return spec.name() + Arrays.toString(spec.widths().toArray());
  }
}
