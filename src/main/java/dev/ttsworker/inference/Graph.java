package dev.ttsworker.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/// One loaded graph. Thread-safe: several threads may run it at once.
///
/// Closing a runtime session while it runs crashes the process, so every run holds a lease and the
/// session goes when [#close] has been called and the last lease is back.
public final class Graph implements AutoCloseable {
  private final OrtEnvironment environment;
  private final BufferPool pool;
  private final OrtSession session;
  private final String name;
  private final Runnable whenFreed;
  private final LeaseCount leases;

  /// @param whenFreed runs once, when the session is gone
  Graph(
      OrtEnvironment environment,
      BufferPool pool,
      OrtSession session,
      String name,
      Runnable whenFreed) {
    this.environment = environment;
    this.pool = pool;
    this.session = session;
    this.name = name;
    this.whenFreed = whenFreed;
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
    return leased(
        cancel,
        (options, natives) -> {
          try (OrtSession.Result result =
              session.run(natives.inputs(inputs), outputNames, options)) {
            Map<String, FloatTensor> outputs = new HashMap<>();
            for (Map.Entry<String, OnnxValue> output : result) {
              outputs.put(output.getKey(), fromNative((OnnxTensor) output.getValue()));
            }
            return outputs;
          }
        });
  }

  /// As [#run(Map, String, CancelSignal)], for an output whose shape is known: it is read where the
  /// graph wrote it.
  ///
  /// @param outputShape the exact shape
  /// @param reader reads the values, which are gone when it returns
  public <T> T run(
      Map<String, Tensor> inputs,
      String outputName,
      long[] outputShape,
      CancelSignal cancel,
      Function<FloatBuffer, T> reader) {
    return leased(
        cancel,
        (options, natives) -> {
          FloatBuffer output = natives.floats(Math.toIntExact(Tensor.elements(outputShape)));
          OnnxTensor pinned = natives.own(output, outputShape);
          session
              .run(natives.inputs(inputs), Set.of(), Map.of(outputName, pinned), options)
              .close();
          return reader.apply(output);
        });
  }

  private interface Work<T> {
    T run(OrtSession.RunOptions options, NativeTensors natives) throws OrtException;
  }

  private <T> T leased(CancelSignal cancel, Work<T> work) {
    if (cancel.isCancelled()) {
      throw cancelled();
    }
    leases.take();
    try (NativeTensors natives = new NativeTensors(environment, pool);
        OrtSession.RunOptions options = new OrtSession.RunOptions();
        CancelSignal.Registration _ = cancel.onCancel(() -> terminate(options))) {
      return work.run(options, natives);
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
      whenFreed.run();
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
