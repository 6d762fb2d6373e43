package dev.ttsworker.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// One loaded graph. Thread-safe: several threads may run it at once.
///
/// Closing a runtime session while it runs crashes the process, so every run holds a lease and the
/// session goes when [#close] has been called and the last lease is back.
public final class Graph implements AutoCloseable {
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final String name;
  private final LeaseCount leases;

  Graph(OrtEnvironment environment, OrtSession session, String name) {
    this.environment = environment;
    this.session = session;
    this.name = name;
    this.leases = new LeaseCount(this::closeSession);
  }

  /// The inputs that every run must be given.
  public Set<String> inputNames() {
    return session.getInputNames();
  }

  /// The outputs that can be fetched.
  public Set<String> outputNames() {
    return session.getOutputNames();
  }

  /// Runs the graph on the calling thread, which must be a platform thread.
  ///
  /// @param inputs every input of the graph by name
  /// @param outputName the one float32 output to fetch
  /// @param cancel ends the run within about 14 ms
  /// @throws WorkerException `CALL_CANCELLED` or `INFERENCE_FAILED`
  public FloatTensor run(Map<String, Tensor> inputs, String outputName, CancelSignal cancel) {
    return Objects.requireNonNull(run(inputs, Set.of(outputName), cancel).get(outputName));
  }

  /// As [#run(Map, String, CancelSignal)], for several outputs; the answer has exactly these names.
  public Map<String, FloatTensor> run(
      Map<String, Tensor> inputs, Set<String> outputNames, CancelSignal cancel) {
    if (cancel.isCancelled()) {
      throw cancelled();
    }
    leases.take();
    try {
      return runLeased(inputs, outputNames, cancel);
    } catch (OrtException e) {
      if (cancel.isCancelled()) {
        throw cancelled();
      }
      throw new WorkerException(
          ErrorCode.INFERENCE_FAILED, "Graph " + name + " failed: " + e.getMessage(), e);
    } finally {
      leases.giveBack();
    }
  }

  private Map<String, FloatTensor> runLeased(
      Map<String, Tensor> inputs, Set<String> outputNames, CancelSignal cancel)
      throws OrtException {
    Map<String, OnnxTensor> natives = new HashMap<>();
    try (OrtSession.RunOptions options = new OrtSession.RunOptions();
        CancelSignal.Registration _ = cancel.onCancel(() -> terminate(options))) {
      for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
        natives.put(input.getKey(), toNative(input.getValue()));
      }
      try (OrtSession.Result result = session.run(natives, outputNames, options)) {
        Map<String, FloatTensor> outputs = new HashMap<>();
        for (Map.Entry<String, ai.onnxruntime.OnnxValue> output : result) {
          outputs.put(output.getKey(), fromNative((OnnxTensor) output.getValue()));
        }
        return outputs;
      }
    } finally {
      natives.values().forEach(OnnxTensor::close);
    }
  }

  private OnnxTensor toNative(Tensor tensor) throws OrtException {
    return switch (tensor) {
      case FloatTensor floats ->
          OnnxTensor.createTensor(environment, FloatBuffer.wrap(floats.values()), floats.shape());
      case LongTensor longs ->
          OnnxTensor.createTensor(environment, LongBuffer.wrap(longs.values()), longs.shape());
    };
  }

  private static FloatTensor fromNative(OnnxTensor tensor) {
    long[] shape = tensor.getInfo().getShape();
    float[] values = new float[Math.toIntExact(Tensor.elements(shape))];
    tensor.getFloatBuffer().get(values);
    return new FloatTensor(values, shape);
  }

  private static void terminate(OrtSession.RunOptions options) {
    try {
      options.setTerminate(true);
    } catch (OrtException e) {
      throw new IllegalStateException("The runtime refused to end a run", e);
    }
  }

  private static WorkerException cancelled() {
    return new WorkerException(ErrorCode.CALL_CANCELLED, "The call was cancelled");
  }

  private void closeSession() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new WorkerException(
          ErrorCode.INFERENCE_FAILED, "Graph " + name + " did not close: " + e.getMessage(), e);
    }
  }

  /// Frees the session when the last run has ended. Idempotent.
  @Override
  public void close() {
    leases.close();
  }
}
