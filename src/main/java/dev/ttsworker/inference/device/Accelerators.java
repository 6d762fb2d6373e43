package dev.ttsworker.inference.device;

import dev.ttsworker.inference.Device;
import dev.ttsworker.inference.InferenceRuntime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/// The accelerators that the probe found; none on most machines. Every stage is in the memory of
/// each, and a window goes where it is expected to be made first. Thread-safe.
public final class Accelerators implements AutoCloseable {
  /// Windows at work at once for each: two batches, so that one is put together while one runs.
  public static final int LANES = 32;

  private final InferenceRuntime runtime;
  private final List<Accelerator> accelerators = new ArrayList<>();
  private final List<Consumer<Device>> listeners = new CopyOnWriteArrayList<>();

  /// @param threads makes the platform threads that submit batches
  /// @param timer opens the sessions of an accelerator anew after a failure
  public Accelerators(
      InferenceRuntime runtime,
      LongSupplier nanoTime,
      ThreadFactory threads,
      ScheduledExecutorService timer) {
    this.runtime = runtime;
    for (int id : runtime.device().ids()) {
      accelerators.add(new Accelerator(id, nanoTime, threads, timer, this::tell));
    }
  }

  /// Windows that can be at work at once; 0 without an accelerator that works.
  public int lanes() {
    return Math.toIntExact(accelerators.stream().filter(Accelerator::works).count()) * LANES;
  }

  /// Brings a stage into the memory of every accelerator, and runs it there once in each shape.
  ///
  /// @param model the stage's graph; read again when an accelerator is used anew after a failure
  /// @throws dev.ttsworker.error.WorkerException when one cannot load or run it; then none keeps it
  public DeviceStage open(StageSpec spec, Path model) {
    Map<Accelerator, Replica> replicas = new LinkedHashMap<>();
    boolean complete = false;
    try {
      for (Accelerator accelerator : accelerators) {
        Replica replica =
            new Replica(
                spec, () -> runtime.loadOnAccelerator(model, accelerator.id(), spec.nodes()));
        accelerator.add(replica);
        replicas.put(accelerator, replica);
      }
      complete = true;
      return new DeviceStage(spec, this, replicas);
    } finally {
      if (!complete) {
        replicas.forEach(Accelerator::remove);
      }
    }
  }

  /// The one that would make a new row first; empty when none works.
  Optional<Accelerator> earliest() {
    return accelerators.stream()
        .filter(Accelerator::works)
        .min(Comparator.comparingDouble(Accelerator::expectedNanos));
  }

  /// Where inference runs now, and why there.
  public Device device() {
    Device probed = runtime.device();
    if (accelerators.isEmpty() || accelerators.stream().allMatch(Accelerator::works)) {
      return probed;
    }
    List<Integer> working =
        accelerators.stream().filter(Accelerator::works).map(Accelerator::id).toList();
    String failed =
        accelerators.stream()
            .filter(accelerator -> !accelerator.works())
            .map(accelerator -> accelerator.name() + " failed: " + accelerator.condition().reason())
            .collect(Collectors.joining("; "));
    return new Device(working, true, failed);
  }

  /// Whether an accelerator is in a state that only a new process can leave.
  public boolean isLost() {
    return accelerators.stream()
        .anyMatch(accelerator -> accelerator.condition().state() == Accelerator.State.LOST);
  }

  /// Tells where inference runs whenever that changes.
  ///
  /// @param listener called on any thread, and must not wait
  public void listen(Consumer<Device> listener) {
    listeners.add(listener);
  }

  private void tell() {
    Device now = device();
    listeners.forEach(listener -> listener.accept(now));
  }

  /// Frees everything; after the last call.
  @Override
  public void close() {
    accelerators.forEach(Accelerator::close);
  }
}
