package dev.ttsworker.engine.runtime.gpu;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.runtime.Difference;
import dev.ttsworker.engine.runtime.FloatTensor;
import dev.ttsworker.engine.runtime.Graph;
import dev.ttsworker.engine.runtime.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SplittableRandom;

/// Batch assembly: windows of one width as one run of a stage.
record Batches(StageSpec spec) implements Workload {
  private static final long SAMPLE_SEED = 1;

  @Override
  public String name() {
    return spec.name();
  }

  @Override
  public NavigableSet<Integer> widths() {
    return spec.widths();
  }

  @Override
  public int largestBatch() {
    return Integer.MAX_VALUE;
  }

  @Override
  public long bytes(int batch, int width) {
    long input = (long) batch * spec.channels() * width;
    return Float.BYTES * (input + Tensor.elements(spec.outputShape(batch, width)));
  }

  /// Normal numbers without padding.
  @Override
  public Map<String, Tensor> sample(int width) {
    SplittableRandom random = new SplittableRandom(SAMPLE_SEED);
    Map<String, Tensor> sample = new HashMap<>();
    shapes(1, width)
        .forEach((name, shape) -> {
          float[] values = new float[Math.toIntExact(Tensor.elements(shape))];
          boolean mask = spec.mask().filter(name::equals).isPresent();
          for (int i = 0; i < values.length; i++) {
            values[i] = mask ? 1 : (float) random.nextGaussian();
          }
          sample.put(name, new FloatTensor(values, shape));
        });
    return sample;
  }

  @Override
  public double distanceDb(float[] expected, float[] made) {
    return Difference.decibelsBelow(List.of(expected), List.of(made));
  }

  /// Missing items are zeros.
  @Override
  public float[][] run(
      Graph graph, int size, int width, List<Map<String, Tensor>> items, CancellationToken stop) {
    Map<String, Tensor> inputs = new HashMap<>();
    shapes(size, width)
        .forEach((name, shape) ->
            inputs.put(name, new FloatTensor(joined(items, name, size, shape), shape)));
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

  private Map<String, long[]> shapes(int size, int width) {
    Map<String, long[]> shapes = new HashMap<>();
    shapes.put(spec.input(), new long[] {size, spec.channels(), width});
    spec.mask().ifPresent(name -> shapes.put(name, new long[] {size, 1, width}));
    spec.conditions().forEach((name, shape) -> shapes.put(name, shape.times(size, 1)));
    return shapes;
  }

  /// Concatenates the items.
  private static float[] joined(
      List<Map<String, Tensor>> items, String name, int size, long[] shape) {
    int elements = Math.toIntExact(Tensor.elements(shape)) / size;
    float[] all = new float[size * elements];
    for (int i = 0; i < items.size(); i++) {
      if (!(items.get(i).get(name) instanceof FloatTensor tensor)
          || tensor.values().length != elements) {
        throw new IllegalArgumentException(
            "an item without " + elements + " numbers for " + Arrays.toString(shape));
      }
      System.arraycopy(tensor.values(), 0, all, i * elements, elements);
    }
    return all;
  }
}
