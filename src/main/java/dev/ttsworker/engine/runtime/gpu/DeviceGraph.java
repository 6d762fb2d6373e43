package dev.ttsworker.engine.runtime.gpu;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.runtime.Tensor;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Graph of a voice on all accelerators that takes a sentence of any length. Thread-safe; callers
/// wait.
public final class DeviceGraph implements AutoCloseable {
  private final Accelerators accelerators;
  private final Map<Accelerator, Replica> replicas;

  DeviceGraph(Accelerators accelerators, Map<Accelerator, Replica> replicas) {
    this.accelerators = accelerators;
    this.replicas = Map.copyOf(replicas);
  }

  /// Computes a sentence.
  ///
  /// @param inputs by name; not changed any more
  /// @param deadlineNanos its play-out deadline
  /// @return the outputs in the order of [GraphSpec#outputs], one after the other; empty when no
  ///   accelerator works, or one failed or exceeded its time limit: then the caller computes it
  ///   elsewhere
  /// @throws dev.ttsworker.error.WorkerException `CALL_CANCELLED`
  public Optional<float[]> run(
      Map<String, Tensor> inputs, long deadlineNanos, CancellationToken cancel) {
    Optional<Accelerator> chosen = accelerators.earliest();
    if (chosen.isEmpty()) {
      return Optional.empty();
    }
    Replica replica = Objects.requireNonNull(replicas.get(chosen.get()));
    if (replica.largestBatch(SentenceRuns.WIDTH) == 0) {
      return Optional.empty();
    }
    return new BatchItem(replica, SentenceRuns.WIDTH, 1, inputs, deadlineNanos)
        .compute(chosen.get(), cancel);
  }

  /// Frees it on all accelerators, after its running batches.
  @Override
  public void close() {
    replicas.forEach(Accelerator::remove);
  }
}
