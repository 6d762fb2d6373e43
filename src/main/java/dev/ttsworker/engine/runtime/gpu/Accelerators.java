package dev.ttsworker.engine.runtime.gpu;

import dev.ttsworker.engine.Device;
import dev.ttsworker.engine.runtime.Graph;
import dev.ttsworker.engine.runtime.InferenceRuntime;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Accelerators that the probe found; none on most machines. Each has a replica of every stage, and
/// a window goes to the one with the earliest expected completion. Thread-safe.
public final class Accelerators implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Accelerators.class);

  /// Concurrent windows of each: two batches, so that one is assembled while one runs.
  public static final int PARALLELISM_PER_ACCELERATOR = 32;

  private final InferenceRuntime runtime;
  private final GpuServices services;
  private final List<Accelerator> accelerators = new ArrayList<>();
  private final List<Consumer<Device>> listeners = new CopyOnWriteArrayList<>();
  private final Object notificationLock = new Object();

  /// @param threads makes the platform threads that submit batches, open and close sessions
  /// @param timer schedules the reopening of an accelerator's sessions after a failure
  public Accelerators(
      InferenceRuntime runtime,
      LongSupplier nanoTime,
      ThreadFactory threads,
      ScheduledExecutorService timer) {
    this(
        runtime,
        new GpuServices(nanoTime, threads, background(threads), timer, TimeLimits.DEFAULT));
  }

  Accelerators(InferenceRuntime runtime, GpuServices services) {
    this.runtime = runtime;
    this.services = services;
    boolean complete = false;
    try {
      for (int id : runtime.device().ids()) {
        accelerators.add(
            new Accelerator(
                runtime.device().provider(),
                id,
                runtime.shapes(),
                runtime.acceleratorMemoryBytes(),
                services,
                this::notifyListeners));
      }
      complete = true;
    } finally {
      if (!complete) {
        close();
      }
    }
  }

  /// Its thread ends when there is nothing to open.
  private static ExecutorService background(ThreadFactory threads) {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  /// Most concurrent windows; 0 without an accelerator that computes.
  public int parallelism() {
    return Math.toIntExact(accelerators.stream().filter(Accelerator::isInUse).count())
        * PARALLELISM_PER_ACCELERATOR;
  }

  /// Loads a stage onto every accelerator, and runs it there once in each shape.
  ///
  /// @param model the stage's graph; read again when an accelerator reopens its sessions
  /// @throws dev.ttsworker.error.WorkerException when one cannot load or run it, or computes
  ///   something else than the CPU; then it is loaded on none
  public DeviceStage open(StageSpec spec, Path model) {
    return new DeviceStage(spec, this, open(new Batches(spec), spec.nodes(), model));
  }

  /// Loads a graph for sentences of any length onto every accelerator, and runs it there once.
  ///
  /// @param model as for stages
  /// @throws dev.ttsworker.error.WorkerException as for stages
  public DeviceGraph open(GraphSpec spec, Path model) {
    return new DeviceGraph(this, open(new SentenceRuns(spec), spec.nodes(), model));
  }

  private Map<Accelerator, Replica> open(Workload work, InferenceRuntime.Nodes nodes, Path model) {
    Map<Accelerator, Replica> replicas = new LinkedHashMap<>();
    boolean complete = false;
    try {
      long modelBytes = size(model);
      Reference reference = reference(work, model);
      for (Accelerator accelerator : accelerators) {
        Replica.Loader loader =
            limit -> runtime.loadOnAccelerator(model, accelerator.id(), nodes, limit);
        replicas.put(accelerator, accelerator.open(work, reference, modelBytes, loader));
      }
      complete = true;
      return replicas;
    } finally {
      if (!complete) {
        replicas.forEach(Accelerator::remove);
      }
    }
  }

  private Reference reference(Workload work, Path model) {
    try (Graph here = runtime.loadOnCpu(model)) {
      return Reference.of(work, here, runtime.shapes().widest());
    }
  }

  private static long size(Path model) {
    try {
      return Files.size(model);
    } catch (IOException e) {
      throw new WorkerException(
          ErrorCode.MODEL_LOAD_FAILED, model.getFileName() + " cannot be read: " + e, e);
    }
  }

  /// The one with the earliest expected completion of a new item; empty when none works.
  Optional<Accelerator> earliest() {
    return accelerators.stream()
        .filter(Accelerator::isWorking)
        .min(Comparator.comparingDouble(Accelerator::expectedNanos));
  }

  /// The device that inference runs on, with the reason: accelerators that a voice has failed to
  /// open on, and that no other voice is on, compute nothing.
  public Device device() {
    Device probed = runtime.device();
    if (accelerators.stream().allMatch(Accelerator::isInUse)) {
      return probed;
    }
    List<Integer> used =
        accelerators.stream().filter(Accelerator::isInUse).map(Accelerator::id).toList();
    String failed =
        accelerators.stream()
            .filter(accelerator -> !accelerator.isInUse())
            .map(accelerator -> accelerator.name() + " failed: " + accelerator.failure())
            .collect(Collectors.joining("; "));
    return new Device(probed.provider(), used, true, failed);
  }

  /// Whether an accelerator has worked and is in a state that only a new process can leave.
  public boolean isLost() {
    return accelerators.stream().anyMatch(Accelerator::needsNewProcess);
  }

  /// Adds a listener to changes of [#device].
  ///
  /// @param listener called on any thread, one change after the other, and must not wait; its
  ///   failures are logged
  public void addListener(Consumer<Device> listener) {
    listeners.add(listener);
  }

  private void notifyListeners() {
    synchronized (notificationLock) {
      Device now = device();
      for (Consumer<Device> listener : listeners) {
        try {
          listener.accept(now);
        } catch (Throwable e) {
          LOG.atError().setCause(e).log("A listener to {} failed", now.name());
        }
      }
    }
  }

  /// Frees everything; after the last call.
  @Override
  public void close() {
    accelerators.forEach(Accelerator::close);
    services.background().shutdownNow();
    try {
      // A driver call must not meet the end of the process.
      if (!services
          .background()
          .awaitTermination(services.limits().closing().toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("A session is still being opened");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
