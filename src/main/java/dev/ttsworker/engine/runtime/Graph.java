package dev.ttsworker.engine.runtime;

import dev.ttsworker.engine.CancellationToken;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/// Loaded ONNX graph. Thread-safe: several threads may run it at once.
public interface Graph extends AutoCloseable {
  /// Required inputs.
  Set<String> inputNames();

  /// Available outputs.
  Set<String> outputNames();

  /// Runs the graph on the calling thread, which must be a platform thread.
  ///
  /// @param inputs every input of the graph by name
  /// @param outputNames the float32 outputs to fetch; the result has exactly these names
  /// @param cancel terminates the run between two nodes
  /// @throws dev.ttsworker.error.WorkerException `CALL_CANCELLED` or `INFERENCE_FAILED`
  Map<String, FloatTensor> run(
      Map<String, Tensor> inputs, Set<String> outputNames, CancellationToken cancel);

  /// As [#run(Map, Set, CancellationToken)], for one output.
  default FloatTensor run(Map<String, Tensor> inputs, String outputName, CancellationToken cancel) {
    return Objects.requireNonNull(run(inputs, Set.of(outputName), cancel).get(outputName));
  }

  /// As [#run(Map, Set, CancellationToken)], for one output of known shape, which is read in place.
  ///
  /// @param outputShape the exact shape
  /// @param reader reads the values, which are invalid when it returns
  <T> T run(
      Map<String, Tensor> inputs,
      String outputName,
      long[] outputShape,
      CancellationToken cancel,
      Function<FloatBuffer, T> reader);

  /// Frees the graph after its last run. Idempotent.
  @Override
  void close();
}
