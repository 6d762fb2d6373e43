package dev.ttsworker.engine.runtime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.ttsworker.config.EngineSettings;
import dev.ttsworker.engine.Device;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// ONNX Runtime environment of this process. Never closed: the process halts after the drain, since
/// the runtime's own exit hook races with others.
public final class OrtRuntime implements InferenceRuntime {
  private final OrtEnvironment environment;
  private final BufferPool pool = new BufferPool();
  private final AtomicInteger loadedGraphs = new AtomicInteger();
  private final Optional<ExecutionProvider> provider;
  private final Device device;
  private final int cpuThreads;
  private final DeviceShapes shapes;
  private final Semaphore cpuPermits;
  private final Semaphore devicePermits;

  /// Starts the runtime and probes the device.
  ///
  /// @param nvml names GPUs during the probe
  public OrtRuntime(EngineSettings settings, Optional<Nvml> nvml) {
    this.cpuThreads = settings.cpuThreads();
    this.shapes = DeviceShapes.upTo(settings.gpuLargestBatch());
    this.environment =
        OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "tts-worker");
    DeviceProbe.Found found =
        new DeviceProbe(environment, Providers.of(environment, settings, nvml))
            .choose(settings.device());
    this.device = found.device();
    this.provider = found.provider();
    this.devicePermits =
        new Semaphore(
            provider.map(ExecutionProvider::concurrentCalls).orElse(Integer.MAX_VALUE), true);
    // With an accelerator many more threads wait for it.
    this.cpuPermits = new Semaphore(device.accelerated() ? cpuThreads : Integer.MAX_VALUE);
  }

  @Override
  public Device device() {
    return device;
  }

  @Override
  public int cpuThreads() {
    return cpuThreads;
  }

  @Override
  public long acceleratorMemoryBytes() {
    return provider.map(ExecutionProvider::memoryLimitBytes).orElse(0L);
  }

  @Override
  public DeviceShapes shapes() {
    return shapes;
  }

  @Override
  public String version() {
    return environment.getVersion();
  }

  @Override
  public boolean saturates() {
    try {
      return SaturationProbe.saturates(environment);
    } catch (OrtException e) {
      throw new WorkerException(
          ErrorCode.MODEL_LOAD_FAILED, "The runtime cannot multiply bytes: " + e.getMessage(), e);
    }
  }

  @Override
  public int loadedGraphs() {
    return loadedGraphs.get();
  }

  @Override
  public int borrowedBuffers() {
    return pool.borrowed();
  }

  @Override
  public Graph loadOnCpu(Path model) {
    try (OrtSession.SessionOptions options = cpuOptions()) {
      return open(model, options, cpuPermits);
    } catch (OrtException e) {
      throw loadFailed(model, e);
    }
  }

  @Override
  public Graph loadUrgent(Path model) {
    try (OrtSession.SessionOptions options = cpuOptions()) {
      options.setIntraOpNumThreads(URGENT_THREADS);
      // Waking a thread for each of a thousand nodes would cost more than it gains.
      options.addConfigEntry("session.intra_op.allow_spinning", "1");
      options.addConfigEntry("session.force_spinning_stop", "1");
      return open(model, options, cpuPermits);
    } catch (OrtException e) {
      throw loadFailed(model, e);
    }
  }

  @Override
  public void optimize(Path model, Path target) {
    try (OrtSession.SessionOptions options = cpuOptions()) {
      // What is beyond it depends on the CPU, and is done when the result is loaded.
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.EXTENDED_OPT);
      options.setOptimizedModelFilePath(target.toString());
      environment.createSession(model.toString(), options).close();
    } catch (OrtException e) {
      throw loadFailed(model, e);
    }
  }

  @Override
  public Graph loadOnAccelerator(Path model, int id, Nodes nodes, long memoryLimitBytes) {
    try (OrtSession.SessionOptions options = cpuOptions();
        ExecutionProvider.Added _ = provider.orElseThrow().addTo(options, id, memoryLimitBytes)) {
      if (nodes == Nodes.ALL_ON_DEVICE) {
        options.addConfigEntry("session.disable_cpu_ep_fallback", "1");
      }
      return open(model, options, devicePermits);
    } catch (OrtException e) {
      throw loadFailed(model, e);
    }
  }

  private Graph open(Path model, OrtSession.SessionOptions options, Semaphore permits)
      throws OrtException {
    OrtSession session;
    permits.acquireUninterruptibly();
    try {
      session = environment.createSession(model.toString(), options);
    } finally {
      permits.release();
    }
    loadedGraphs.incrementAndGet();
    String name = String.valueOf(model.getFileName());
    return new OrtGraph(environment, pool, session, name, permits, loadedGraphs::decrementAndGet);
  }

  static OrtSession.SessionOptions cpuOptions() throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    options.addConfigEntry("session.intra_op.allow_spinning", "0");
    return options;
  }

  private WorkerException loadFailed(Path model, OrtException cause) {
    String message =
        DeviceFailure.of(cause) == DeviceFailure.OUT_OF_MEMORY
            ? device.provider().label() + " out of memory"
            : FailureReason.of(cause);
    return new WorkerException(
        ErrorCode.MODEL_LOAD_FAILED,
        "The runtime cannot load " + model.getFileName() + ": " + message,
        cause);
  }
}
