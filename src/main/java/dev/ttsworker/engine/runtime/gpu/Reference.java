package dev.ttsworker.engine.runtime.gpu;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.runtime.Graph;
import dev.ttsworker.engine.runtime.Tensor;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Reference of a replica: what the CPU makes of a sample, in each width. A provider may open a
/// graph, report success and compute something else.
///
/// @param samples inputs for each width
/// @param outputs what the CPU made of them
@SuppressWarnings("ArrayRecordComponent") // Never compared as a whole.
record Reference(Map<Integer, Map<String, Tensor>> samples, Map<Integer, float[]> outputs) {
  /// @param here the graph on the CPU
  /// @param widest wider windows are not computed on accelerators
  static Reference of(Workload work, Graph here, int widest) {
    Map<Integer, Map<String, Tensor>> samples = new HashMap<>();
    Map<Integer, float[]> outputs = new HashMap<>();
    for (int width : work.widths().headSet(widest, true)) {
      Map<String, Tensor> sample = work.sample(width);
      samples.put(width, sample);
      outputs.put(width, work.run(here, 1, width, List.of(sample), new CancellationToken())[0]);
    }
    return new Reference(samples, outputs);
  }

  /// Inputs of a width.
  Map<String, Tensor> sample(int width) {
    return Objects.requireNonNull(samples.get(width));
  }

  /// Compares what an accelerator made of [#sample].
  ///
  /// @param what names the run, for the message
  /// @throws WorkerException `MODEL_LOAD_FAILED` when it is something else
  void check(Workload work, String what, int width, float[] made) {
    double distance = work.distanceDb(Objects.requireNonNull(outputs.get(width)), made);
    if (!(distance >= Workload.LEAST_DISTANCE_DB)) {
      throw new WorkerException(
          ErrorCode.MODEL_LOAD_FAILED,
          "wrong results: %s differs from the CPU's by %.1f dB below the values, allowed: %.0f or more"
              .formatted(what, distance, Workload.LEAST_DISTANCE_DB));
    }
  }
}
