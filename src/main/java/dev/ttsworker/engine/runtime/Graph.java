package dev.ttsworker.engine.runtime;

import dev.ttsworker.engine.CancellationToken;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/// One loaded graph. Thread-safe: several threads may run it at once.
public interface Graph extends AutoCloseable {
  /// The inputs that every run must be given.
  Set<String> inputNames();

  /// The outputs that can be fetched.
  Set<String> outputNames();

  /// Runs the graph on the calling thread, which must be a platform thread.
  ///
  /// @param inputs every input of the graph by name
  /// @param outputNames the float32 outputs to fetch; the answer has exactly these names
  /// @param cancel ends the run within about 14 ms
  /// @throws dev.ttsworker.error.WorkerException `CALL_CANCELLED` or `INFERENCE_FAILED`
  Map<String, FloatTensor> run(
      Map<String, Tensor> inputs, Set<String> outputNames, CancellationToken cancel);

  /// As [#run(Map, Set, CancelSignal)], for one output.
  default FloatTensor run(Map<String, Tensor> inputs, String outputName, CancellationToken cancel) {
    return Objects.requireNonNull(run(inputs, Set.of(outputName), cancel).get(outputName));
  }

  /// As [#run(Map, Set, CancelSignal)], for one output whose shape is known: it is read where the
  /// graph wrote it.
  ///
  /// @param outputShape the exact shape
  /// @param reader reads the values, which are gone when it returns
  <T> T run(
      Map<String, Tensor> inputs,
      String outputName,
      long[] outputShape,
      CancellationToken cancel,
      Function<FloatBuffer, T> reader);

  /// Frees the graph when the last run has ended. Idempotent.
  @Override
  void close();
}
