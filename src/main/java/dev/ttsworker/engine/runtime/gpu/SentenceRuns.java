package dev.ttsworker.engine.runtime.gpu;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.runtime.Difference;
import dev.ttsworker.engine.runtime.FloatTensor;
import dev.ttsworker.engine.runtime.Graph;
import dev.ttsworker.engine.runtime.Tensor;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;

/// Runs of a graph that takes a sentence of any length: one at a time, since sentences differ in
/// length and such a graph has nothing that hides padding.
record SentenceRuns(GraphSpec spec) implements Workload {
  /// There is one session, for every length.
  static final int WIDTH = 1;

  private static final int PARTS = 8;

  @Override
  public String name() {
    return spec.name();
  }

  @Override
  public NavigableSet<Integer> widths() {
    return new TreeSet<>(List.of(WIDTH));
  }

  @Override
  public int largestBatch() {
    return 1;
  }

  /// What is in between is much larger, and known after a run.
  @Override
  public long bytes(int batch, int width) {
    return 0;
  }

  @Override
  public Map<String, Tensor> sample(int width) {
    return spec.sample();
  }

  /// Of the levels of as many parts of each: where a rounded duration differs, the samples behind
  /// it are others, as are the phases of what is voiced.
  @Override
  public double distanceDb(float[] expected, float[] made) {
    return Difference.decibelsBelow(List.of(levels(expected)), List.of(levels(made)));
  }

  private static float[] levels(float[] all) {
    float[] levels = new float[PARTS];
    for (int part = 0; part < PARTS; part++) {
      int from = (int) ((long) all.length * part / PARTS);
      int to = (int) ((long) all.length * (part + 1) / PARTS);
      double power = 0;
      for (int i = from; i < to; i++) {
        power += (double) all[i] * all[i];
      }
      levels[part] = (float) Math.sqrt(power / Math.max(1, to - from));
    }
    return levels;
  }

  /// Without an item it runs the sample.
  ///
  /// @return all outputs of the item, one after the other
  @Override
  public float[][] run(
      Graph graph, int size, int width, List<Map<String, Tensor>> items, CancellationToken stop) {
    Map<String, Tensor> inputs = items.isEmpty() ? spec.sample() : items.getFirst();
    Map<String, FloatTensor> made = graph.run(inputs, new HashSet<>(spec.outputs()), stop);
    List<float[]> parts =
        spec.outputs().stream()
            .map(name -> Objects.requireNonNull(made.get(name)).values())
            .toList();
    float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
    int end = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, end, part.length);
      end += part.length;
    }
    return items.isEmpty() ? new float[0][] : new float[][] {all};
  }
}
