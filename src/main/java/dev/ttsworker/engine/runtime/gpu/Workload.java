package dev.ttsworker.engine.runtime.gpu;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.runtime.Graph;
import dev.ttsworker.engine.runtime.Tensor;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;

/// Work of a replica: what its sessions are opened for, and how items become a run of its graph.
interface Workload {
  /// Sums in another order or with shorter factors lie 40 dB or more below the values.
  double LEAST_DISTANCE_DB = 20;

  /// For logs, such as `flow`.
  String name();

  /// Widths that sessions are opened for.
  NavigableSet<Integer> widths();

  /// Most items of a run, whatever the accelerator can do.
  int largestBatch();

  /// Bytes of inputs and outputs of a run, about.
  long bytes(int batch, int width);

  /// Inputs that every healthy device can compute, and whose outputs show whether it does.
  Map<String, Tensor> sample(int width);

  /// How far what a device made of a sample is from what another one made, in dB below it; less
  /// than [#LEAST_DISTANCE_DB] means that it computes something else.
  double distanceDb(float[] expected, float[] made);

  /// Runs a graph once.
  ///
  /// @param size batch size
  /// @param items the inputs of each; missing ones are filled up
  /// @param stop terminates the run
  /// @return the outputs in the order of the items
  float[][] run(
      Graph graph, int size, int width, List<Map<String, Tensor>> items, CancellationToken stop);
}
