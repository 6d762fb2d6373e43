package dev.ttsworker.inference;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/// The one ONNX Runtime environment of this process. Never closed: the process halts after the
/// drain, since the runtime's own exit hook races with anyone else's.
public final class InferenceRuntime {
  /// Of graphs that are loaded for the first sound.
  public static final int URGENT_THREADS = 2;

  private final OrtEnvironment environment;
  private final BufferPool pool = new BufferPool();
  private final AtomicInteger graphs = new AtomicInteger();
  private final CudaSettings cuda;
  private final Device device;
  private final int cpuThreads;

  /// Starts the runtime and probes the device.
  ///
  /// @param cpuThreads how many runs there are at once, at most
  public InferenceRuntime(DeviceChoice choice, CudaSettings cuda, int cpuThreads) {
    this.cpuThreads = cpuThreads;
    this.environment =
        OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "tts-worker");
    this.cuda = cuda;
    this.device = new DeviceProbe(environment, cuda).choose(choice);
  }

  public Device device() {
    return device;
  }

  public int cpuThreads() {
    return cpuThreads;
  }

  public String version() {
    return environment.getVersion();
  }

  /// Graphs in memory: loaded and not yet freed.
  public int graphs() {
    return graphs.get();
  }

  /// Buffers that runs have borrowed and not yet given back; 0 while nothing runs.
  public int buffersOnLoan() {
    return pool.onLoan();
  }

  /// Loads a graph to run on one CPU thread per run: throughput comes from several workers.
  ///
  /// @throws WorkerException `MODEL_LOAD_FAILED`, naming the file
  public Graph loadOnCpu(Path model) {
    try (OrtSession.SessionOptions options = cpuOptions()) {
      return open(model, options);
    } catch (OrtException e) {
      throw loadFailed(model, e);
    }
  }

  /// Loads a graph to run on [#URGENT_THREADS] CPU threads: for the first sound on a machine with
  /// nothing else to do. Its results are the same to the bit, its runs are dearer altogether.
  ///
  /// @throws WorkerException `MODEL_LOAD_FAILED`, naming the file
  public Graph loadUrgent(Path model) {
    try (OrtSession.SessionOptions options = cpuOptions()) {
      options.setIntraOpNumThreads(URGENT_THREADS);
      // Waking a thread for each of a thousand nodes would cost more than it gains.
      options.addConfigEntry("session.intra_op.allow_spinning", "1");
      options.addConfigEntry("session.force_spinning_stop", "1");
      return open(model, options);
    } catch (OrtException e) {
      throw loadFailed(model, e);
    }
  }

  /// Loads a graph onto the accelerator; only when [Device#accelerated].
  public Graph loadOnAccelerator(Path model) {
    try (OrtSession.SessionOptions options = cpuOptions();
        OrtCUDAProviderOptions provider = cuda.providerOptions()) {
      options.addCUDA(provider);
      return open(model, options);
    } catch (OrtException e) {
      throw loadFailed(model, e);
    }
  }

  private Graph open(Path model, OrtSession.SessionOptions options) throws OrtException {
    OrtSession session = environment.createSession(model.toString(), options);
    graphs.incrementAndGet();
    String name = String.valueOf(model.getFileName());
    return new Graph(environment, pool, session, name, graphs::decrementAndGet);
  }

  static OrtSession.SessionOptions cpuOptions() throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    options.addConfigEntry("session.intra_op.allow_spinning", "0");
    return options;
  }

  private static WorkerException loadFailed(Path model, OrtException cause) {
    String message = DeviceProbe.isOutOfMemory(cause) ? "CUDA out of memory" : cause.getMessage();
    return new WorkerException(
        ErrorCode.MODEL_LOAD_FAILED,
        "The runtime cannot load " + model.getFileName() + ": " + message,
        cause);
  }
}
