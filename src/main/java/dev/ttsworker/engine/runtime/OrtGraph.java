package dev.ttsworker.engine.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/// ONNX Runtime session with a reference count.
///
/// Closing a session while it runs crashes the process, so every run holds a reference, and the
/// session is closed after [#close] with the last of them.
final class OrtGraph implements Graph {
  private final OrtEnvironment environment;
  private final BufferPool pool;
  private final OrtSession session;
  private final String name;
  private final Semaphore permits;
  private final Runnable whenFreed;
  private final RefCount references;

  /// @param permits bounds concurrent calls, of this graph and others
  /// @param whenFreed runs once, after the session was closed
  OrtGraph(
      OrtEnvironment environment,
      BufferPool pool,
      OrtSession session,
      String name,
      Semaphore permits,
      Runnable whenFreed) {
    this.environment = environment;
    this.pool = pool;
    this.session = session;
    this.name = name;
    this.permits = permits;
    this.whenFreed = whenFreed;
    this.references = new RefCount(this::closeSession);
  }

  @Override
  public Set<String> inputNames() {
    return session.getInputNames();
  }

  @Override
  public Set<String> outputNames() {
    return session.getOutputNames();
  }

  @Override
  public Map<String, FloatTensor> run(
      Map<String, Tensor> inputs, Set<String> outputNames, CancellationToken cancel) {
    return retained(
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

  @Override
  public <T> T run(
      Map<String, Tensor> inputs,
      String outputName,
      long[] outputShape,
      CancellationToken cancel,
      Function<FloatBuffer, T> reader) {
    return retained(
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

  private <T> T retained(CancellationToken cancel, Work<T> work) {
    if (cancel.isCancelled()) {
      throw cancelled();
    }
    references.retain();
    permits.acquireUninterruptibly();
    try (NativeTensors natives = new NativeTensors(environment, pool);
        OrtSession.RunOptions options = new OrtSession.RunOptions();
        CancellationToken.Registration _ = cancel.onCancel(() -> terminate(options))) {
      return work.run(options, natives);
    } catch (OrtException e) {
      if (cancel.isCancelled()) {
        throw cancelled();
      }
      throw new WorkerException(
          ErrorCode.INFERENCE_FAILED, "Graph " + name + " failed: " + e.getMessage(), e);
    } finally {
      permits.release();
      references.release();
    }
  }

  private static FloatTensor fromNative(OnnxTensor tensor) {
    long[] shape = tensor.getInfo().getShape();
    // A copy on the heap, which nobody else has, as large as the tensor.
    return new FloatTensor(tensor.getFloatBuffer().array(), shape);
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
    permits.acquireUninterruptibly();
    try {
      session.close();
      whenFreed.run();
    } catch (OrtException e) {
      throw new WorkerException(
          ErrorCode.INFERENCE_FAILED, "Graph " + name + " did not close: " + e.getMessage(), e);
    } finally {
      permits.release();
    }
  }

  @Override
  public void close() {
    references.close();
  }
}
